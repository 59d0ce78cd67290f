#pragma once
// The losses of preference learning for one example, as functions of what the policy says, with
// their derivatives. `ratio` of a candidate y is log(pi(y|x) / ref(y|x)): how much likelier the
// policy finds it than the reference policy does. beta is above 0: how dearly the policy pays for
// leaving the reference. All in double with the exp and log of learn/exact.h. No state.

#include <stdbool.h>

struct loss {
    double value;
    double by_chosen;   // derivative by log pi(chosen)
    double by_rejected; // derivative by log pi(rejected); 0 where there is none
};

/// Direct preference optimisation (Rafailov et al. 2023, equation 7):
///
///   h = beta * (chosen_ratio - rejected_ratio),  loss = -log sigmoid(h)
///
/// smoothing: 0..0.5, the probability that a pair is the wrong way round (conservative DPO,
/// Mitchell 2023): loss = -(1 - smoothing) * log sigmoid(h) - smoothing * log sigmoid(-h).
struct loss loss_dpo(double chosen_ratio, double rejected_ratio, double beta, double smoothing);

/// Identity preference optimisation (Azar et al. 2023, equation 17), with tau = beta:
///
///   loss = (chosen_ratio - rejected_ratio - 1 / (2 * beta))^2
///
/// It stops once the gap is wide enough, where DPO goes on for ever.
struct loss loss_ipo(double chosen_ratio, double rejected_ratio, double beta);

/// Kahneman-Tversky optimisation (Ethayarajh et al. 2024, equation 8) of one candidate, reward
/// r = beta * ratio against the reference point z0 = beta * kl, kl >= 0 held constant:
///
///   desirable:    weight * (1 - sigmoid(r - z0))
///   undesirable:  weight * (1 - sigmoid(z0 - r))
///
/// The derivative is in by_chosen if it is desirable, else in by_rejected.
struct loss loss_kto(double ratio, double kl, bool desirable, double beta, double weight);

/// Supervised fine-tuning: the negative log likelihood of the chosen candidate.
struct loss loss_sft(double chosen_log_prob);

/// Unlikelihood (Welleck et al. 2020, equation 3): -log(1 - p) of the rejected candidate, which
/// stands in for the original's training on rejected answers "under an instruction to write a bad
/// one": a log-linear model has no instructions. p is taken as at most 1 - 1e-6.
struct loss loss_unlikelihood(double rejected_log_prob);

/// 1 / (1 + e^-x), and log(1 + e^x) without overflow or cancellation.
double loss_sigmoid(double x);
double loss_softplus(double x);
