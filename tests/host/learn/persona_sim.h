#pragma once
// A small study in C, for tests and benches of learning: a synthetic person (people.h), 576 steps a
// day, and an assistant that chooses among silence and 16 topics x 4 tones by the policy, with the
// features of scripts/assistant/notice.lua. Two draws a step; both are rated by the rules of
// docs/personas.md, the second is delivered. It learns overnight.

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "learn/choice.h"
#include "learn/learner.h"
#include "people.h"

enum { SAID_MAX = 1024 };

// What an experiment varies.
struct sim_options {
    struct learner_options learner;
    bool learns;
    double temperature;
    double first_temperature; // of the first draw, which is not delivered; 0: the same
    double epsilon;           // probability that the second, delivered draw is made to speak
    double force_silence;     // probability that the first draw is silence (REFERENCE.md 4)
    double force_speech; // probability that the first draw is one that speaks, drawn among those
    double speak_temperature; // of draws that are made to speak; 0: the same
    double contrast;          // probability that the first draw is made the opposite of the second:
                              // silence if that speaks, else one that speaks
    double tie_weight;  // weight of a pair in which silence and speech both earn 4 points: the one
                        // that speaks counts as chosen; 0: no pair, as in the original
    bool margin_weight; // an example's weight is the difference of the scores
    bool thermometer;   // "since>=30" for every bound passed, in place of "since=<45"
    bool crosses;       // also activity x minutes since
    bool shuffle_ratings; // control: a day's pairs get each other's ratings
    double inconsistency;
};

struct sim_day {
    double mean, said_mean; // score of what was delivered; of what was said (NAN if nothing)
    double per_hour, wish_per_hour;
    int said, steps, pairs, missed; // missed: silent steps in which something was due
    struct learner_report night;
};

struct sim {
    const struct persona *person;
    struct sim_options options;
    struct policy *policy;
    struct candidates *candidates;
    struct replay *replay;
    struct rng draw, rate, life;
    uint32_t set;
    int day;
    // Today.
    int kinds[576]; // by step; -1 asleep
    double awake_minutes, free_minutes;
    int today;
    // What the assistant remembers: minutes since the study's start.
    double said[SAID_MAX];
    int said_count;
    int task, task_seen;
    double task_since;
    int tasks[576];
};

static inline void must(bool ok, const struct err *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err->text);
    abort();
}

// --- a day

static inline void sim_plan(struct sim *s)
{
    const struct persona *p = s->person;
    bool weekend = (s->day + 2) % 7 >= 5; // the first day is a Thursday
    const struct block *blocks = weekend ? p->weekend : p->weekday;
    int count = weekend ? p->weekend_count : p->weekday_count, task = 0;
    double lengths[BLOCKS_MAX], sum = 0, at = 0;
    int wake = p->wake + (int)rng_below(&s->life, 31) - 15;
    int bed = p->sleep + (int)rng_below(&s->life, 31) - 15;

    for (int i = 0; i < count; i++) {
        double shift = (rng_unit(&s->life) + rng_unit(&s->life) - 1) * 0.15;
        lengths[i] = blocks[i].minutes * (1 + shift);
        lengths[i] = rng_unit(&s->life) < 0.05 ? 0 : lengths[i]; // left out today
        sum += lengths[i];
    }
    for (int i = 0; i < 576; i++)
        s->kinds[i] = -1;
    at = wake;
    for (int i = 0; i < count; i++) {
        double end = at + lengths[i] / sum * (bed - wake), next_task = at;
        for (int step = (int)ceil(at / 2.5); step < 576 && step * 2.5 < end; step++) {
            if (step * 2.5 >= next_task) {
                task++;
                next_task += 10 + (double)rng_below(&s->life, 21);
            }
            s->kinds[step] = blocks[i].kind;
            s->tasks[step] = s->day * 1000 + task;
        }
        at = end;
    }
    s->awake_minutes = fmin(bed, DAY_MINUTES) - wake;
    s->free_minutes = 0;
    s->today = 0;
}

// --- the rater: docs/personas.md, as scripts/offline/judge.lua has it

static inline double sim_gap(const struct sim *s)
{
    const struct persona *p = s->person;

    return (p->per_hours > 0 ? p->per_hours * 60 : s->awake_minutes) / p->wish;
}

struct moment_seen {
    int kind, minute;
    double since; // waking minutes of today since it spoke, -1 if it has not
    bool busy, quiet, due;
};

static inline bool sim_answer(struct sim *s, bool value)
{
    return rng_unit(&s->rate) < s->options.inconsistency ? !value : value;
}

static inline int sim_score(struct sim *s, const struct moment_seen *m, size_t candidate)
{
    const struct persona *p = s->person;
    int topic = ((int)candidate - 1) / SIM_TONES, tone = ((int)candidate - 1) % SIM_TONES;
    double wish = s->awake_minutes / sim_gap(s);
    bool fits = false, receptive = false, often = false, communication = false;

    if (candidate == 0)
        return sim_answer(s, !m->due) + sim_answer(s, m->busy || m->quiet || !m->due) +
               sim_answer(s, !m->due) + 1;
    fits = (p->likes[topic] >> m->kind & 1) != 0;
    receptive = fits || person_within(p->receptive, p->receptive_count, m->minute);
    often = (m->since >= 0 && m->since < 0.5 * sim_gap(s)) ||
            (s->today > 0 && s->today + 1 > 1.25 * wish);
    communication = (p->boundaries >> topic & 1) == 0 && (p->tones >> tone & 1) != 0;
    return sim_answer(s, fits) + sim_answer(s, !m->quiet && !m->busy && receptive) +
           sim_answer(s, !often) + sim_answer(s, communication);
}

// --- the assistant: scripts/assistant/notice.lua

// Adds "name" + "sign" + value, or the name alone if there is no sign.
static inline void sim_add(struct sim *s, struct features *f, const char *name, const char *sign,
                           int value)
{
    struct err err = { { 0 } };
    char text[64];

    if (sign != NULL)
        snprintf(text, sizeof(text), "%s%s%d", name, sign, value);
    else
        snprintf(text, sizeof(text), "%s", name);
    must(features_add(f, policy_names(s->policy), text, 1, &err), &err);
}

static inline void sim_bucket(struct sim *s, struct features *f, const char *name, double value,
                              const int *bounds, int count)
{
    int i = 0;

    for (; i < count && value >= bounds[i]; i++)
        if (s->options.thermometer)
            sim_add(s, f, name, ">=", bounds[i]);
    if (!s->options.thermometer)
        sim_add(s, f, name, "<", i < count ? bounds[i] : -1);
}

static inline void sim_notice(struct sim *s, const struct moment_seen *m, struct features *f)
{
    static const int minutes[] = { 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720 };
    static const int counts[] = { 1, 2, 3, 4, 6, 8, 12, 16, 24, 48 }, shorts[] = { 5, 15, 30, 60 };
    double now = s->day * (double)DAY_MINUTES + m->minute, since = DAY_MINUTES;
    int hour = 0;

    for (int i = s->said_count - 1; i >= 0 && now - s->said[i] < 60; i--)
        hour++;
    if (s->said_count > 0)
        since = fmin(now - s->said[s->said_count - 1], DAY_MINUTES);
    f->count = 0;
    sim_add(s, f, (s->day + 2) % 7 >= 5 ? "weekend" : "weekday", NULL, 0);
    sim_add(s, f, "hour", "=", m->minute / 60);
    sim_add(s, f, "half", "=", m->minute / 30);
    sim_add(s, f, "activity", "=", m->kind);
    sim_bucket(s, f, "for", now - s->task_since, shorts, 4);
    sim_bucket(s, f, "since", since, minutes, 14);
    sim_bucket(s, f, "today", s->today, counts, 10);
    sim_bucket(s, f, "this_hour", hour, counts, 10);
    if (s->options.crosses) {
        int i = 0;
        while (i < 14 && since >= minutes[i])
            i++;
        sim_add(s, f, "since and activity", "=", i * 100 + m->kind);
    }
}

// A candidate that speaks, drawn with the policy's probabilities among those.
static inline size_t sim_speak(struct sim *s, const double *logits)
{
    double log_probs[SIM_COUNT - 1], own = s->options.speak_temperature;

    choice_log_probs(logits + 1, SIM_COUNT - 1, own > 0 ? own : s->options.temperature, log_probs);
    return 1 + choice_sample(log_probs, SIM_COUNT - 1, &s->draw);
}

static inline void sim_draw(struct sim *s, const struct features *f, size_t out[2])
{
    const struct sim_options *o = &s->options;
    double logits[SIM_COUNT], log_probs[SIM_COUNT], u = 0;

    policy_score(s->policy, f, s->candidates, logits);
    choice_log_probs(logits, SIM_COUNT, o->temperature, log_probs);
    choice_sample_two(log_probs, SIM_COUNT, &s->draw, out);
    if (o->first_temperature > 0) {
        choice_log_probs(logits, SIM_COUNT, o->first_temperature, log_probs);
        out[0] = choice_sample(log_probs, SIM_COUNT, &s->draw);
    }
    if (o->epsilon > 0 && rng_unit(&s->draw) < o->epsilon)
        out[1] = sim_speak(s, logits);
    u = rng_unit(&s->draw);
    if (u < o->force_silence)
        out[0] = 0;
    else if (u < o->force_silence + o->force_speech)
        out[0] = sim_speak(s, logits);
    else if (u < o->force_silence + o->force_speech + o->contrast)
        out[0] = out[1] == 0 ? sim_speak(s, logits) : 0;
}

// --- a step, a night, a study
struct sim_pair {
    struct features situation;
    size_t drawn[2];
    int scores[2];
};

static inline void sim_step(struct sim *s, int step, struct sim_day *d, struct sim_pair *pair)
{
    struct moment_seen m = { .kind = s->kinds[step], .minute = (int)(step * 2.5), .since = -1 };
    double now = s->day * (double)DAY_MINUTES + m.minute;
    const struct persona *p = s->person;

    m.busy = (p->busy >> m.kind & 1) != 0;
    m.quiet = person_within(p->quiet, p->quiet_count, m.minute);
    s->free_minutes += m.busy || m.quiet ? 0 : 2.5;
    m.since = s->today > 0 ? now - s->said[s->said_count - 1] : -1;
    m.due = !m.busy && !m.quiet && s->free_minutes >= 1.5 * sim_gap(s) &&
            s->today < s->awake_minutes / sim_gap(s);
    if (s->task_seen != s->tasks[step]) {
        s->task_seen = s->tasks[step];
        s->task_since = now;
    }
    sim_notice(s, &m, &pair->situation);
    sim_draw(s, &pair->situation, pair->drawn);
    pair->scores[0] = sim_score(s, &m, pair->drawn[0]);
    pair->scores[1] =
        pair->drawn[0] == pair->drawn[1] ? pair->scores[0] : sim_score(s, &m, pair->drawn[1]);
    d->steps++;
    d->mean += pair->scores[1];
    d->missed += m.due && pair->drawn[1] == 0;
    if (pair->drawn[1] == 0)
        return;
    d->said++;
    d->said_mean += pair->scores[1];
    s->today++;
    s->free_minutes = 0;
    if (s->said_count == SAID_MAX) // the assistant forgets the oldest
        memmove(s->said, s->said + 1, sizeof(s->said[0]) * (size_t)--s->said_count);
    s->said[s->said_count++] = now;
}

static inline void sim_keep(struct sim *s, const struct sim_pair *pair)
{
    int better = pair->scores[0] > pair->scores[1] ? 0 : 1;
    int margin = abs(pair->scores[0] - pair->scores[1]);
    bool tie = margin == 0 && pair->scores[0] == 4 && s->options.tie_weight > 0 &&
               (pair->drawn[0] == 0) != (pair->drawn[1] == 0);
    struct err err = { { 0 } };
    struct example e = { .set = s->set,
                         .chosen = (uint16_t)pair->drawn[better],
                         .rejected = (uint16_t)pair->drawn[1 - better],
                         .weight = s->options.margin_weight ? (float)margin : 1,
                         .day = (uint32_t)s->day };

    if (tie) {
        better = pair->drawn[0] != 0 ? 0 : 1;
        e.chosen = (uint16_t)pair->drawn[better];
        e.rejected = (uint16_t)pair->drawn[1 - better];
        e.weight = (float)s->options.tie_weight;
    }
    if ((margin != 0 || tie) && e.chosen != e.rejected)
        must(replay_add(s->replay, &pair->situation, &e, &err), &err);
}

static inline void sim_night(struct sim *s, struct sim_day *d, struct sim_pair *pairs, int count)
{
    struct rng rng = rng_start(s->life.s[0], "sim", "night", (uint64_t)s->day);
    size_t before = replay_count(s->replay);
    struct err err = { { 0 } };

    for (int i = 0; s->options.shuffle_ratings && i < 2 * count; i++) {
        int other = i + (int)rng_below(&rng, (uint64_t)(2 * count - i));
        int *a = &pairs[i / 2].scores[i % 2], *b = &pairs[other / 2].scores[other % 2], swap = *a;
        *a = *b;
        *b = swap;
    }
    for (int i = 0; i < count; i++)
        sim_keep(s, &pairs[i]);
    d->pairs = (int)(replay_count(s->replay) - before);
    if (s->options.learns)
        must(learner_train(s->policy, s->replay, &s->options.learner, (uint32_t)s->day, &rng,
                           &d->night, &err),
             &err);
}

// As the original draws and learns, but for the learning rate.
static inline struct sim_options sim_usual(void)
{
    struct sim_options o = { .learns = true, .temperature = 1, .inconsistency = 0.03 };

    learner_defaults(&o.learner, LEARN_DPO);
    return o;
}

// What docs/learning.md recommends.
static inline struct sim_options sim_recommended(void)
{
    struct sim_options o = sim_usual();

    o.contrast = o.force_speech = 0.25;
    o.tie_weight = 0.5;
    o.learner.replay.count = 400;
    return o;
}

static inline void sim_open(struct sim *s, const struct persona *p, const struct sim_options *o,
                            uint64_t seed)
{
    struct err err = { { 0 } };

    *s = (struct sim){ .person = p, .options = *o, .task_seen = -1 };
    s->policy = policy_new(POLICY_BITS);
    s->candidates = candidates_new();
    s->replay = replay_new();
    s->draw = rng_start(seed, "sim", "draw", 0);
    s->rate = rng_start(seed, "sim", "rate", 0);
    s->life = rng_start(seed, "sim", "life", 0);
    for (int i = 0; i < SIM_COUNT; i++) {
        char topic[32], tone[32];
        struct names *names = policy_names(s->policy);
        bool ok = candidates_open(s->candidates, &err) &&
                  candidates_add(s->candidates, names, i == 0 ? "silent" : "say", 1, &err);
        snprintf(topic, sizeof(topic), "topic=%d", (i - 1) / SIM_TONES);
        snprintf(tone, sizeof(tone), "tone=%d", (i - 1) % SIM_TONES);
        if (i > 0)
            ok = ok && candidates_add(s->candidates, names, topic, 1, &err) &&
                 candidates_add(s->candidates, names, tone, 1, &err);
        must(ok, &err);
    }
    s->set = replay_add_set(s->replay, s->candidates);
    policy_freeze_reference(s->policy);
}

static inline void sim_close(struct sim *s)
{
    policy_free(s->policy);
    candidates_free(s->candidates);
    replay_free(s->replay);
}

// Lives a day and learns from it.
static inline void sim_run_day(struct sim *s, struct sim_day *d)
{
    static struct sim_pair pairs[576];
    int count = 0;

    *d = (struct sim_day){ 0 };
    s->day++;
    sim_plan(s);
    d->wish_per_hour = 60 / sim_gap(s);
    for (int step = 0; step < 576; step++)
        if (s->kinds[step] >= 0)
            sim_step(s, step, d, &pairs[count++]);
    d->mean /= d->steps;
    d->said_mean = d->said > 0 ? d->said_mean / d->said : NAN;
    d->per_hour = d->said / (d->steps / 24.0);
    sim_night(s, d, pairs, count);
}
