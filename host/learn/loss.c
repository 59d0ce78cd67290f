#include "learn/loss.h"

#include "learn/exact.h"

double loss_sigmoid(double x)
{
    double e = 0;

    if (x >= 0)
        return 1 / (1 + exact_exp(-x));
    e = exact_exp(x);
    return e / (1 + e);
}

// log(1 + x) for x in 0..1. What 1 + x loses to rounding is made good by the quotient (Kahan).
static double log_1_plus(double x)
{
    double one_plus = 1 + x;

    return one_plus == 1 ? x : exact_log(one_plus) * (x / (one_plus - 1));
}

double loss_softplus(double x)
{
    return x > 0 ? x + log_1_plus(exact_exp(-x)) : log_1_plus(exact_exp(x));
}

struct loss loss_dpo(double chosen_ratio, double rejected_ratio, double beta, double smoothing)
{
    double h = beta * (chosen_ratio - rejected_ratio);
    double slope = smoothing * loss_sigmoid(h) - (1 - smoothing) * loss_sigmoid(-h);

    return (struct loss){
        .value = (1 - smoothing) * loss_softplus(-h) + smoothing * loss_softplus(h),
        .by_chosen = beta * slope,
        .by_rejected = -(beta * slope),
    };
}

struct loss loss_ipo(double chosen_ratio, double rejected_ratio, double beta)
{
    double off = chosen_ratio - rejected_ratio - 1 / (2 * beta);

    return (struct loss){ off * off, 2 * off, -(2 * off) };
}

struct loss loss_kto(double ratio, double kl, bool desirable, double beta, double weight)
{
    double x = desirable ? beta * (ratio - kl) : beta * (kl - ratio);
    double slope = beta * weight * loss_sigmoid(x) * loss_sigmoid(-x);

    return (struct loss){
        .value = weight * loss_sigmoid(-x), // 1 - sigmoid(x) without cancellation
        .by_chosen = desirable ? -slope : 0,
        .by_rejected = desirable ? 0 : slope,
    };
}

struct loss loss_sft(double chosen_log_prob)
{
    return (struct loss){ -chosen_log_prob, -1, 0 };
}

struct loss loss_unlikelihood(double rejected_log_prob)
{
    static const double most = 1 - 1e-6;
    double p = exact_exp(rejected_log_prob);

    p = p < most ? p : most;
    return (struct loss){ -exact_log(1 - p), 0, p / (1 - p) };
}
