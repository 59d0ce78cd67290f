// The commands of the terminal that drive the run.

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "command/repl.h"
#include "text/json.h"

bool repl_is_stopped(void *user)
{
    const struct repl *r = user;
    struct pollfd fd = { .fd = r->stop_fd, .events = POLLIN };

    return r->stop_fd >= 0 && poll(&fd, 1, 0) == 1;
}

// Ctrl-C of before must not end the next run of steps.
static void forget_stop(struct repl *r)
{
    struct signalfd_siginfo taken;

    while (repl_is_stopped(r) && read(r->stop_fd, &taken, sizeof(taken)) > 0)
        continue;
}

static bool show_now(struct repl *r, struct err *err)
{
    struct buf text = { 0 };
    bool ok = repl_call(r, "now", NULL, 0, &text, err);

    if (ok)
        repl_print(&text);
    buf_fini(&text);
    return ok;
}

static int64_t steps_per_day(const struct repl *r)
{
    return 86400 / session_step_seconds(r->session);
}

// Is there so much left of the study?
static bool is_within(const struct repl *r, int64_t steps, struct err *err)
{
    int days = session_study(r->session)->days;
    const char *s = days == 1 ? "" : "s";
    int64_t next = session_next_step(r->session), left = days * steps_per_day(r) - next;

    if (session_is_over(r->session))
        return err_set(err, "the study is over: its %d day%s %s simulated", days, s,
                       days == 1 ? "is" : "are all");
    if (steps > left)
        return err_set(err, "day %lld is after the study's %d day%s, of which %lld steps are left",
                       (long long)((next + steps) / steps_per_day(r) + 1), days, s,
                       (long long)left);
    return true;
}

static bool simulate(struct repl *r, int64_t steps, struct err *err)
{
    int64_t done = 0;
    bool ok = false;

    if (!is_within(r, steps, err))
        return false;
    forget_stop(r);
    ok = session_run(r->session, steps, &done, err);
    if (ok && done < steps)
        printf("stopped after %lld of %lld steps\n", (long long)done, (long long)steps);
    return ok && show_now(r, err);
}

bool repl_step(struct repl *r, const char *rest, struct err *err)
{
    (void)rest;
    return simulate(r, 1, err);
}

bool repl_run(struct repl *r, const char *rest, struct err *err)
{
    int64_t per_day = steps_per_day(r);
    char *end = NULL;
    long long steps = 0;

    errno = 0;
    steps = strtoll(rest, &end, 10);
    while (*end == ' ')
        end++;
    if (end == rest || errno != 0 || steps < 1 || steps > 1000000000)
        return err_set(err, "how many steps? run N, or run N days");
    if (strcmp(end, "days") == 0 || strcmp(end, "day") == 0)
        // a day is over at midnight, wherever it was when the command came
        steps = steps * per_day - session_next_step(r->session) % per_day;
    else if (strcmp(end, "steps") != 0 && strcmp(end, "step") != 0 && *end != '\0')
        return err_set(err, "'%s' is nothing to count; run N, or run N days", end);
    return simulate(r, steps, err);
}

bool repl_until(struct repl *r, const char *rest, struct err *err)
{
    struct buf text = { 0 };
    bool ok = repl_call(r, "steps_until", &rest, 1, &text, err) &&
              simulate(r, strtoll(buf_str(&text), NULL, 10), err);

    buf_fini(&text);
    return ok;
}

bool repl_save(struct repl *r, const char *rest, struct err *err)
{
    (void)rest;
    if (!session_save(r->session, err))
        return false;
    printf("saved to %s\n", session_path(r->session));
    return true;
}

bool repl_finish(struct repl *r, const char *rest, struct err *err)
{
    r->left = repl_save(r, rest, err);
    return r->left;
}

bool repl_exit(struct repl *r, const char *rest, struct err *err)
{
    struct session_unsaved unsaved = session_unsaved(r->session);

    (void)rest;
    (void)err;
    if (r->terminal && !r->warned && (unsaved.steps != 0 || unsaved.told != 0)) {
        printf("%lld steps and %lld whispers are not saved. `finish` saves and leaves, `exit` once "
               "more drops them.\n",
               (long long)unsaved.steps, (long long)unsaved.told);
        r->warned = true;
        return true;
    }
    r->left = true;
    return true;
}

bool repl_reload(struct repl *r, const char *rest, struct err *err)
{
    bool changed = false;

    (void)rest;
    forget_stop(r);
    if (!session_reload(r->session, &changed, err))
        return false;
    puts(changed ? "the files of now are in force for this day"
                 : "the files of now are in force; they are what this day has, or begins with");
    return true;
}

// Splits NAME TEXT: *who, the first name (caller frees) and the rest, all in `out`.
static bool split(struct repl *r, const char *rest, int *who, char **name, const char **text,
                  struct buf *out, struct err *err)
{
    const char *space = NULL, *line = NULL;

    if (!repl_call(r, "split", &rest, 1, out, err))
        return false;
    space = strchr(buf_str(out), ' ');
    line = strchr(buf_str(out), '\n');
    *who = atoi(buf_str(out));
    *name = mem_strndup(space + 1, (size_t)(line - space - 1));
    *text = line + 1;
    return true;
}

// What the person will make of a whisper, before they are told.
static bool say_heard(struct repl *r, int who, const char *text, struct buf *out, struct err *err)
{
    char number[16];
    const char *arguments[] = { number, text };

    snprintf(number, sizeof(number), "%d", who);
    return repl_call(r, "heard", arguments, 2, out, err);
}

bool repl_whisper(struct repl *r, const char *rest, struct err *err)
{
    struct buf out = { 0 }, heard = { 0 };
    const char *text = NULL;
    char *name = NULL;
    int who = 0;
    bool ok = split(r, rest, &who, &name, &text, &out, err);

    if (ok && text[strspn(text, " \t;")] == '\0')
        ok = err_set(err, "what? whisper NAME TEXT");
    ok = ok && say_heard(r, who, text, &heard, err) &&
         session_tell(r->session, who, INTERVENTION_WHISPER, view_of(text), err);
    if (ok)
        printf("%s will think of it at the next step%s\n", name, buf_str(&heard));
    free(name);
    buf_fini(&out);
    buf_fini(&heard);
    return ok;
}

bool repl_ask(struct repl *r, const char *question, struct err *err)
{
    struct buf list = { 0 }, answer = { 0 }, line = { 0 };
    struct json *arguments = NULL;
    bool ok = false;

    buf_addf(&list, "[%d,", r->asking);
    json_add_string(&list, view_of(question));
    buf_addf(&list, ",[%s]]", buf_str(&r->said));
    arguments = json_parse(buf_view(&list), err);
    ok = arguments != NULL &&
         session_look(r->session, "terminal.interview", "ask", arguments, &answer, err);
    if (ok) {
        printf("%s: %s\n", r->asked, buf_str(&answer));
        buf_addf(&line, "Question: %s", question);
        buf_add_str(&r->said, r->said.len > 0 ? "," : "");
        json_add_string(&r->said, buf_view(&line));
        buf_clear(&line);
        buf_addf(&line, "%s: %s", r->asked, buf_str(&answer));
        buf_add_char(&r->said, ',');
        json_add_string(&r->said, buf_view(&line));
    }
    json_free(arguments);
    buf_fini(&list);
    buf_fini(&answer);
    buf_fini(&line);
    return ok;
}

bool repl_interview(struct repl *r, const char *rest, struct err *err)
{
    struct buf out = { 0 };
    const char *question = NULL;
    char *name = NULL;
    int who = 0;
    bool ok = split(r, rest, &who, &name, &question, &out, err);

    if (ok) {
        free(r->asked);
        r->asked = name;
        r->asking = who;
        buf_clear(&r->said);
    }
    if (ok && question[0] != '\0') {
        forget_stop(r);
        ok = repl_ask(r, question, err);
        r->asking = 0;
    }
    buf_fini(&out);
    return ok;
}

bool repl_lua(struct repl *r, const char *rest, struct err *err)
{
    struct buf out = { 0 };
    bool ok = false;

    if (rest[0] == '\0')
        return err_set(err, "what? lua CODE, for example: lua h.residents[1].state.schedule");
    ok = session_evaluate(r->session, "terminal.evaluate", "run", view_of(rest), &out, err);
    if (ok)
        repl_print(&out);
    buf_fini(&out);
    return ok;
}
