// A process that asks is killed at any moment; the one after it asks for nothing that was stored.

#include <signal.h>
#include <sys/wait.h>

#include "model_fixture.h"

enum { QUESTIONS = 60, ROUNDS = 8, PER_ROUND = 12 };

static const struct step good = { ACT_ANSWER, "{\"score\":1}", 0, NULL, NULL };

struct question_texts {
    char text[32];
    struct wire_message message;
};

static struct question question_number(struct fixture *f, int i, struct question_texts *t)
{
    struct question q = a_question(f);

    snprintf(t->text, sizeof(t->text), "Question <%d>", i);
    t->message = (struct wire_message){ WIRE_USER, view_of(t->text) };
    q.messages = &t->message;
    q.message_count = 1;
    q.step = i;
    return q;
}

static bool everything_is_answered(void *user)
{
    const struct got *g = user;

    for (int i = 0; i < QUESTIONS; i++) {
        if (g[i].calls == 0)
            return false;
    }
    return true;
}

static void ask_all(struct fixture *f, struct got *g)
{
    for (int i = 0; i < QUESTIONS; i++) {
        struct question_texts t;
        struct question q = question_number(f, i, &t);
        if (ask_start(f->channel, &q, keep_answer, &g[i]) == NULL)
            abort();
    }
}

// Asks everything until it is killed from outside. It commits after each pass of its loop, as a
// study does several times a second.
static void run_child(struct fixture *f)
{
    struct fixture child = *f;
    struct got *g = mem_calloc(QUESTIONS, sizeof(*g));
    struct err err = { { 0 } };

    child.loop = loop_new(&err); // the parent's stays the parent's
    child.writer = NULL;
    open_run(&child);
    open_models(&child, (struct models_options){ 0 }, ",\"concurrency\":8");
    ask_all(&child, g);
    while (!everything_is_answered(g)) {
        if (!loop_run_once(child.loop, -1, &err) || !writer_commit(child.writer, &err)) {
            fprintf(stderr, "child: %s\n", err.text);
            _exit(1);
        }
    }
    for (;;)
        pause();
}

static size_t requests_for(struct fixture *f, int i)
{
    char text[32];
    size_t n = 0;

    snprintf(text, sizeof(text), "Question <%d>", i);
    for (const char *p = buf_str(&f->requests); (p = strstr(p, text)) != NULL; p++)
        n++;
    return n;
}

static bool is_stored(struct fixture *f, int i)
{
    struct question_texts t;
    struct question q = question_number(f, i, &t);
    struct hash h = ask_hash(f->channel, &q);
    struct err err = { { 0 } };
    struct buf reply = { 0 };
    bool found = false;

    if (!writer_find_reply(f->writer, &h, 0, &reply, &found, &err))
        fail_msg("%s", err.text);
    buf_fini(&reply);
    return found;
}

static void wait_for_death(pid_t child)
{
    int status = 0;

    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

// Serves a child until it has sent `requests` more, then kills it.
static void serve_and_kill(struct fixture *f, size_t requests)
{
    size_t until = fault_server_requests(f->server) + requests;
    struct err err = { { 0 } };
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        run_child(f);
    while (fault_server_requests(f->server) < until) {
        if (!loop_run_once(f->loop, LIMIT_MS, &err))
            fail_msg("%s", err.text);
    }
    wait_for_death(child);
    // What it had sent and nobody had read yet is read now, not when the next one is served.
    while (fault_server_open_connections(f->server) > 0) {
        if (!loop_run_once(f->loop, LIMIT_MS, &err))
            fail_msg("%s", err.text);
    }
}

static void test_no_request_is_sent_again_once_its_reply_was_stored(void **state)
{
    struct fixture *f = *state;
    struct got g[QUESTIONS];
    struct err err = { { 0 } };
    size_t stored = 0, last = 0;

    f->steps = &good;
    f->step_count = 1;
    open_models(f, (struct models_options){ 0 }, "");
    for (int round = 0; round < ROUNDS; round++) {
        bool was_stored[QUESTIONS];
        stored = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            was_stored[i] = is_stored(f, i);
            stored += was_stored[i];
        }
        assert_true(stored >= last);
        last = stored;
        if (QUESTIONS - stored < PER_ROUND)
            break;
        assert_true(writer_close(f->writer, &err));
        f->writer = NULL;
        buf_clear(&f->requests);
        serve_and_kill(f, PER_ROUND - (size_t)round);
        open_run(f);
        for (int i = 0; i < QUESTIONS; i++) {
            if (requests_for(f, i) > (was_stored[i] ? 0 : 1))
                fail_msg("round %d: question %d was asked %zu times", round, i, requests_for(f, i));
        }
    }
    assert_true(last > 0); // kills came in the middle, not before anything was stored
    buf_clear(&f->requests);
    memset(g, 0, sizeof(g));
    stored = 0;
    for (int i = 0; i < QUESTIONS; i++)
        stored += is_stored(f, i);
    ask_all(f, g);
    assert_true(loop_run_until(f->loop, everything_is_answered, g, LIMIT_MS, &err));
    for (int i = 0; i < QUESTIONS; i++)
        assert_int_equal(g[i].failure, FAILURE_NONE);
    assert_int_equal(models_usage(f->models).requests, QUESTIONS - stored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_no_request_is_sent_again_once_its_reply_was_stored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
