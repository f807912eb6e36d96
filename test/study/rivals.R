# What R's forecast package says of the next four weeks. A line of stdin is one series of weekly sums,
# the earliest first; a line of stdout is its forecasts: a quarter ago, STL + ETS, Theta, Croston.
suppressPackageStartupMessages(suppressMessages(library(forecast)))

WEEKS <- 13
AHEAD <- 4

ahead <- function(method, otherwise) {
  found <- tryCatch(suppressWarnings(sum(method()$mean)), error = function(e) NA)
  if (is.finite(found)) max(0, found) else otherwise
}

input <- file("stdin")
lines <- readLines(input)
close(input)
for (line in lines) {
  values <- as.numeric(strsplit(line, ",")[[1]])
  series <- ts(values, frequency = WEEKS)
  trailing <- mean(tail(values, 52)) * AHEAD
  seasonal <- length(values) > 2 * WEEKS
  quarter <- if (length(values) >= WEEKS) {
    sum(head(tail(values, WEEKS), AHEAD))
  } else {
    trailing
  }
  stl <- ahead(function() if (seasonal) stlf(series, h = AHEAD, method = "ets") else
    forecast(ets(values), h = AHEAD), trailing)
  theta <- ahead(function() thetaf(if (seasonal) series else ts(values), h = AHEAD), trailing)
  croston <- ahead(function() croston(values, h = AHEAD), trailing)
  cat(paste(c(quarter, stl, theta, croston), collapse = ","), "\n", sep = "")
}
