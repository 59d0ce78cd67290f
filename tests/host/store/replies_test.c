// The file of replies: found again, kept or replaced, by several processes, and nothing else's
// file.

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "store/replies.h"

static char folder[64], path[96];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/propersim-replies-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    snprintf(path, sizeof(path), "%s/replies.sqlite", folder);
    return 0;
}

static int tear_down(void **state)
{
    static const char *const ends[] = { "", "-wal", "-shm" };

    (void)state;
    for (int i = 0; i < 3; i++) {
        char name[128];
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        unlink(name);
    }
    return rmdir(folder);
}

static struct replies *open_file(void)
{
    struct err err = { { 0 } };
    struct replies *r = replies_open(path, true, &err);

    if (r == NULL)
        fail_msg("%s", err.text);
    return r;
}

static void close_file(struct replies *r)
{
    struct err err = { { 0 } };

    if (!replies_close(r, &err))
        fail_msg("%s", err.text);
}

static void add(struct replies *r, const char *request, int draw, const char *reply, bool replace)
{
    struct err err = { { 0 } };
    struct hash h = hash_of(view_of(request));

    if (!replies_add(r, &h, draw, view_of(reply), replace, &err))
        fail_msg("%s", err.text);
}

static void expect(struct replies *r, const char *request, int draw, const char *reply)
{
    struct err err = { { 0 } };
    struct hash h = hash_of(view_of(request));
    struct buf out = { 0 };
    bool found = false;

    if (!replies_find(r, &h, draw, &out, &found, &err))
        fail_msg("%s", err.text);
    assert_int_equal(found, reply != NULL);
    assert_string_equal(buf_str(&out), reply != NULL ? reply : "");
    buf_fini(&out);
}

static void test_replies_are_found_again_by_request_and_draw(void **state)
{
    struct replies *r = open_file();

    (void)state;
    add(r, "q", 0, "first", false);
    add(r, "q", 1, "second", false);
    add(r, "q", 0, "not kept", false);
    expect(r, "q", 0, "first");
    close_file(r);
    r = open_file();
    expect(r, "q", 0, "first");
    expect(r, "q", 1, "second");
    expect(r, "q", 2, NULL);
    expect(r, "p", 0, NULL);
    add(r, "q", 0, "replaced", true);
    expect(r, "q", 0, "replaced");
    close_file(r);
}

static void test_processes_share_a_file_and_lose_nothing_when_killed(void **state)
{
    struct replies *r = NULL;
    struct err err = { { 0 } };
    int64_t count = 0;
    int status = 0;

    (void)state;
    for (int p = 0; p < 3; p++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) { // adds, and is killed without closing
            r = replies_open(path, true, &err);
            for (int i = 0; r != NULL && i < 50; i++) {
                struct hash h = hash_of((struct view){ (const char *)&i, sizeof(i) });
                if (!replies_add(r, &h, p, view_of("x"), false, &err))
                    _exit(1);
            }
            raise(r != NULL ? SIGKILL : SIGTERM);
        }
    }
    for (int p = 0; p < 3; p++) {
        assert_true(wait(&status) > 0);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    }
    r = open_file();
    assert_true(replies_count(r, &count, &err));
    assert_int_equal(count, 150);
    close_file(r);
}

// Waits until the pipe is closed, opens the file, and ends with 0 if that worked.
static void open_when_told(int start)
{
    struct err err = { { 0 } };
    struct replies *r = NULL;
    char byte = 0;

    (void)!read(start, &byte, 1);
    r = replies_open(path, true, &err);
    if (r == NULL)
        fprintf(stderr, "%s\n", err.text);
    _exit(r != NULL && replies_close(r, &err) ? 0 : 1);
}

static void test_a_new_file_can_be_opened_by_many_at_once(void **state)
{
    enum { ROUNDS = 20, PROCESSES = 6 };

    for (int round = 0; round < ROUNDS; round++) {
        int start[2] = { -1, -1 }, status = 0;
        assert_int_equal(pipe(start), 0);
        for (int p = 0; p < PROCESSES; p++) {
            pid_t child = fork();
            assert_true(child >= 0);
            if (child == 0) {
                close(start[1]);
                open_when_told(start[0]);
            }
        }
        close(start[0]);
        close(start[1]);
        for (int p = 0; p < PROCESSES; p++) {
            assert_true(wait(&status) > 0);
            assert_int_equal(status, 0);
        }
        assert_int_equal(tear_down(state), 0); // the next round's file is new again
        assert_int_equal(set_up(state), 0);
    }
}

static void test_other_files_are_refused(void **state)
{
    struct err err = { { 0 } };

    (void)state;
    assert_null(replies_open(path, false, &err));
    assert_non_null(strstr(err.text, "there is no such file"));
    assert_true(
        file_write(path, view_of("This is a text and no data base, and long enough, too."), &err));
    assert_null(replies_open(path, true, &err));
    assert_non_null(strstr(err.text, "is not a file of replies"));
    assert_null(replies_open(folder, true, &err));
    assert_non_null(strstr(err.text, "folder"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_replies_are_found_again_by_request_and_draw),
        TEST(test_processes_share_a_file_and_lose_nothing_when_killed),
        TEST(test_a_new_file_can_be_opened_by_many_at_once),
        TEST(test_other_files_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
