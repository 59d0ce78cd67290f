# Where the expected values of tests/scripts/lib/stats_*_test.lua are from: Rscript expected.R >expected.txt
# tests/lib/statistics_test.sh compares them where R is installed.
show <- function(name, ...) cat(name, sprintf("%.12g", c(...)), "\n")

# Darwin's plants (1876), as in Fisher, The Design of Experiments (1935), section 17.
darwin <- c(49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48)
# Hamilton's depression scale, in Hollander and Wolfe (1973), p. 29: the example of R's wilcox.test.
x <- c(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
y <- c(0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)
ties <- c(1, 1, 2, -1, 3, 3, -2, 4, 5, -5, 6)
zeros <- c(0, 0, 1.5, -0.5, 2.5, 3, -1, 4.25)
d12 <- c(0.3, -0.2, 0.11, 0.52, 0.9, -0.45, 0.07, 1.3, 0.61, -0.08, 0.77, 0.2)
d32 <- c(-0.76, -0.09, 0.46, -0.95, 0.4, 0.23, 0.29, 1.32, -1.02, 1.47, -0.54, -0.93, -0.52, 0.45, 0.35, -0.11,
  -0.75, -0.45, 1.42, 0.4, -0.38, -0.74, 0, -1.47, -0.28, -0.54, 1.36, 1.21, 0.13, -0.94, 1.1, 1.05)
d40 <- c(d32, 0.5, -0.2, 0.9, 0.33, -0.75, 0.4, 0.1, 0.66)
d60 <- c(2.587, -0.897, -0.394, -0.112, -0.671, -0.647, 1.048, 0.183, 0.453, 2.49, 0.657, 3.017, 2.581, 0.624, 2.196,
  0.768, -0.594, -0.007, 0.295, 1.288, 1.14, 1.005, 1.606, -1.088, 1.573, 0.484, 1.052, 0.892, -0.683, 0.024, -0.571,
  1.019, 0.411, 0.222, -0.12, -0.262, 1.298, -0.805, 0.158, 0.615, 1.519, -0.399, 0.015, -1.012, -0.091, -0.102, 1.651,
  0.891, 0.401, 1.231, 0.037, 0.292, 0.667, 2.007, 1.024, 0.781, -1.268, 0.618, 0.466, -0.6)

w <- function(name, d) {
  r <- suppressWarnings(wilcox.test(d))
  show(name, r$statistic, r$p.value)
}
w("wilcoxon depression", x - y)
w("wilcoxon ties", ties)
w("wilcoxon zeros", zeros)
w("wilcoxon d12", d12)
w("wilcoxon d60", d60)

# All sign flips: by enumeration, and by the distribution of sums of whole hundredths.
enumerate <- function(d) {
  s <- as.matrix(expand.grid(rep(list(c(-1, 1)), length(d)))) %*% d
  mean(abs(s) >= abs(sum(d)) - 1e-9)
}
distribute <- function(d) {
  k <- round(d * 100)
  most <- sum(abs(k))
  f <- rep(0, 2 * most + 1)
  f[most + 1] <- 1
  for (a in abs(k)) {
    g <- rep(0, 2 * most + 1)
    i <- which(f > 0)
    g[i + a] <- g[i + a] + f[i] / 2
    g[i - a] <- g[i - a] + f[i] / 2
    f <- g
  }
  sum(f[abs(-most:most) >= abs(sum(k))])
}
show("flips darwin", enumerate(darwin))
show("flips depression", enumerate(x - y))
show("flips d12", enumerate(d12), distribute(d12))
show("flips d32", distribute(d32))
show("flips d40", distribute(d40))

show("holm 4", p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"))
show("holm 5", p.adjust(c(0.02, 0.5, 0.9, 0.02, 0.6), "holm"))
show("d darwin", mean(darwin) / sd(darwin))
show("student darwin", t.test(darwin)$conf.int)
show("cliff", mean(sign(outer(c(4.1, 5.2, 3.3, 6, 4.4), c(3.9, 2.8, 4.1, 5.2), "-"))))

seeds <- c(2.1, 2.4, 2.2, 3.0, 3.3, 2.9, 1.5, 1.4, 1.9) # three personas, three seeds each
ms <- anova(lm(seeds ~ factor(rep(1:3, each = 3))))$"Mean Sq"[2]
show("seed sd, floor", sqrt(ms), qt(0.975, 6) * sqrt(ms) * sqrt(2 / 9))

# Needs the package boot; from 200,000 samples, to the digits that these settle:
#   library(boot)
#   air <- c(3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487)   # Davison and Hinkley (1997), example 1.1
#   set.seed(1); boot.ci(boot(air, function(d, i) mean(d[i]), R = 200000), type = c("perc", "bca"))
#     percentile (46.8, 190.8), BCa (57.0, 225.8)
#   set.seed(1); boot.ci(boot(darwin, function(d, i) mean(d[i]), R = 200000), type = c("perc", "bca"))
#     percentile (1.27, 38.20), BCa (-1.73, 36.40)
