// llm.ask and llm.all with models that a test plays: what they are asked, how scripts wait, and
// what becomes of failures.

#include "lab.h"

#include "script/asker.h"
#include "script/ready.h"
#include "script/services.h"
#include "script/task.h"
#include "text/json.h"

enum { MAX_OPEN = 8 };

struct open_question {
    char prompt[40], user[100], inputs[200];
    int draw, who;
    asker_check_fn check;
    asker_done_fn done;
    void *done_user;
    bool open, cancelled;
};

struct play {
    struct lab lab;
    struct script_services services;
    struct service_resident residents[3];
    struct asker asker;
    struct ready ready;
    struct open_question asked[MAX_OPEN];
    size_t count;
    struct task *task;
};

// The least that asking needs: two prompts with their answerers, and what renders them.
static const struct lab_file files[] = {
    { "scripts/household.lua",
      "local llm = require 'llm'\nlocal M = {}\n"
      "local function show(a) return a and tostring(a.value) or 'none' end\n"
      "function M.one() local a, why = llm.ask('rater/one', { text = 'x', extra = 7 }, { draw = 2 "
      "})\n"
      "  return show(a) .. ' ' .. tostring(why) end\n"
      "function M.all() local a, why = llm.all { { 'rater/one', { text = 'a', extra = 1 } },\n"
      "    { 'here/two', { text = 'b' } }, { 'rater/one', { text = 'c', extra = 3 } } }\n"
      "  return show(a[1]) .. ' ' .. show(a[2]) .. ' ' .. show(a[3]) .. ' ' .. tostring(why[1]) .. "
      "' ' ..\n"
      "    tostring(why[3]) end\n"
      "function M.sorted() table.sort({ 2, 1 }, function(a, b) llm.ask('rater/one', { text = 'x', "
      "extra = 7 })\n"
      "  return a < b end) end\n"
      // three people; the second asks once, the others twice
      "local function visit(order, i)\n"
      "  llm.turn(i)\n"
      "  order[#order + 1] = 'a' .. i\n"
      "  local a = llm.ask('rater/one', { text = 'x' .. i, extra = i })\n"
      "  order[#order + 1] = 'b' .. i .. show(a)\n"
      "  if i == 2 and order.wrong then order.wrong() end\n"
      "  if i == 2 then return end\n"
      "  a = llm.ask('rater/one', { text = 'y' .. i, extra = i })\n"
      "  order[#order + 1] = 'c' .. i .. show(a)\n"
      "end\n"
      "function M.together()\n"
      "  local order = {}\n"
      "  llm.together({ 1, 2, 3 }, visit, order)\n"
      "  return table.concat(order, ' ')\n"
      "end\n"
      "local function caught(wrong)\n"
      "  local order = { wrong = wrong }\n"
      "  local ok, why = pcall(llm.together, { 1, 2, 3 }, visit, order)\n"
      "  local a = llm.ask('rater/one', { text = 'z', extra = 1 })\n"
      "  return tostring(ok) .. ' ' .. why:match('[^:]+$') .. ' ' .. show(a)\n"
      "end\n"
      "function M.one_fails() return caught(function() error('no more') end) end\n"
      "function M.one_yields() return caught(coroutine.yield) end\n"
      "return M\n" },
    { "scripts/lib/prompt.lua",
      "local M = {}\n"
      "function M.render(name, inputs) return 'system', name .. ': ' .. inputs.text end\n"
      "function M.input_names(name) return name == 'rater/one' and { 'text', 'extra' } or { 'text' "
      "} end\n"
      "function M.declared_names() return { 'text' } end\n"
      "return M\n" },
    { "prompts/rater/one.lua", "return { role = 'rater', version = 3, answer = { type = 'object', "
                               "required = { 'value' } },\n"
                               "  check = function(answer, inputs) if answer.value == 13 then "
                               "return false, 'not for ' .. inputs.text end\n"
                               "    return true end }\n" },
    { "prompts/here/two.lua", "return { role = 'summary', version = 1, answer = { type = 'object', "
                              "required = { 'value' } } }\n" },
    { "scripts/offline/rater/one.lua",
      "return function(inputs) return { value = inputs.extra } end\n" },
    { "scripts/offline/here/two.lua", "return function() return { value = 42 } end\n" },
};

static enum asker_kind kind(void *user, const char *role)
{
    (void)user;
    return strcmp(role, "rater") == 0 ? ASKER_MODEL : ASKER_OFFLINE;
}

static void *ask(void *user, const struct asker_question *q, asker_check_fn check,
                 asker_done_fn done, void *done_user)
{
    struct play *p = user;
    struct open_question *o = &p->asked[p->count++];

    assert_true(p->count <= MAX_OPEN);
    assert_string_equal(q->role, "rater");
    assert_string_equal(q->version, "3");
    snprintf(o->prompt, sizeof(o->prompt), "%s", q->prompt);
    snprintf(o->user, sizeof(o->user), "%.*s", (int)q->user.len, q->user.data);
    snprintf(o->inputs, sizeof(o->inputs), "%.*s", (int)q->inputs.len, q->inputs.data);
    o->draw = q->draw;
    o->who = q->who;
    o->check = check;
    o->done = done;
    o->done_user = done_user;
    o->open = true;
    return o;
}

static void cancel(void *user, void *question)
{
    struct open_question *o = question;

    (void)user;
    o->open = false;
    o->cancelled = true;
}

static void wake(void *user, struct task *task)
{
    ready_add(&((struct play *)user)->ready, task, NULL, NULL);
}

static void start(struct play *p, const char *function)
{
    struct err err = { { 0 } };

    memset(p, 0, sizeof(*p));
    lab_open(&p->lab, NULL);
    if (!services_add_modules(p->lab.s, &err) ||
        !lab_load(&p->lab, files, sizeof(files) / sizeof(*files), NULL))
        fail_msg("%s%s", err.text, p->lab.err.text);
    p->asker =
        (struct asker){ .user = p, .kind = kind, .ask = ask, .cancel = cancel, .wake = wake };
    p->services = (struct script_services){
        .asker = &p->asker, .residents = p->residents, .resident_count = 3, .turn = 1
    };
    for (int i = 0; i < 3; i++)
        p->residents[i].persona = "p01";
    script_context(p->lab.s)->user = &p->services;
    p->task = task_start(p->lab.s, "household", function, NULL, NULL, &err);
    if (p->task == NULL)
        fail_msg("%s", err.text);
    task_resume(p->task, NULL, NULL);
}

static void answer(struct play *p, size_t i, const char *json, const char *failure)
{
    struct open_question *o = &p->asked[i];
    struct err err = { { 0 } };
    struct json *value = json != NULL ? json_parse(view_of(json), &err) : NULL;

    assert_true(o->open);
    o->open = false;
    o->done(o->done_user, value, failure);
}

static void expect_end(struct play *p, const char *text)
{
    struct lab_result r = { "" };
    struct err err = { { 0 } };

    ready_run(&p->ready, NULL, NULL);
    if (task_state(p->task) != TASK_DONE)
        fail_msg("%s", task_error(p->task));
    assert_true(task_read(p->task, lab_read, &r, &err));
    assert_string_equal(r.text, text);
}

static void finish(struct play *p)
{
    task_free(p->task);
    ready_fini(&p->ready);
    lab_close(&p->lab);
}

static void a_script_waits_for_its_answer(void **state)
{
    struct play p;

    (void)state;
    start(&p, "one");
    assert_int_equal(task_state(p.task), TASK_WAITING);
    assert_int_equal(p.count, 1);
    assert_string_equal(p.asked[0].prompt, "rater/one");
    assert_string_equal(p.asked[0].user, "rater/one: x");
    assert_string_equal(p.asked[0].inputs,
                        "{\"text\":\"x\"}"); // nothing that only offline answers get
    assert_int_equal(p.asked[0].draw, 2);
    answer(&p, 0, "{\"value\":5}", NULL);
    assert_int_equal(task_state(p.task), TASK_WAITING); // not resumed in the callback
    expect_end(&p, "5 nil");
    finish(&p);
}

static void a_failure_is_nil_and_its_kind(void **state)
{
    struct play p;

    (void)state;
    start(&p, "one");
    answer(&p, 0, NULL, "refused");
    expect_end(&p, "none refused");
    finish(&p);
}

static void several_questions_wait_together_and_keep_their_places(void **state)
{
    struct play p;

    (void)state;
    start(&p, "all");
    assert_int_equal(p.count, 2); // the offline one is not sent
    answer(&p, 1, "{\"value\":3}", NULL);
    assert_true(ready_is_empty(&p.ready));
    answer(&p, 0, NULL, "unreachable");
    expect_end(&p, "none 42 3 unreachable nil");
    finish(&p);
}

static void the_check_of_a_prompt_sees_answer_and_inputs(void **state)
{
    struct play p;
    struct err err = { { 0 } };
    struct json *wrong = json_parse(view_of("{\"value\":13}"), &err);
    struct json *right = json_parse(view_of("{\"value\":12}"), &err);

    (void)state;
    start(&p, "one");
    assert_false(p.asked[0].check(p.asked[0].done_user, wrong, &err));
    assert_non_null(strstr(err.text, "not for x"));
    assert_true(p.asked[0].check(p.asked[0].done_user, right, &err));
    answer(&p, 0, "{\"value\":12}", NULL);
    expect_end(&p, "12 nil");
    json_free(wrong);
    json_free(right);
    finish(&p);
}

static void a_cancelled_script_cancels_what_it_asked(void **state)
{
    struct play p;

    (void)state;
    start(&p, "all");
    answer(&p, 0, "{\"value\":1}", NULL);
    task_cancel(p.task);
    assert_true(p.asked[1].cancelled && !p.asked[0].cancelled);
    finish(&p);
}

static void where_a_script_cannot_wait_it_is_told_so_before_anything_is_asked(void **state)
{
    struct play p;

    (void)state;
    start(&p, "sorted");
    assert_int_equal(task_state(p.task), TASK_FAILED);
    assert_non_null(strstr(task_error(p.task), "cannot wait here"));
    assert_int_equal(p.count, 0);
    finish(&p);
}

static void those_who_wait_wait_together_and_go_on_in_their_order(void **state)
{
    struct play p;

    (void)state;
    start(&p, "together");
    assert_int_equal(p.count, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(p.asked[i].who, i + 1);
    answer(&p, 2, "{\"value\":3}", NULL);
    answer(&p, 0, "{\"value\":1}", NULL);
    assert_true(ready_is_empty(&p.ready)); // the second has no answer yet
    answer(&p, 1, NULL, "refused");
    ready_run(&p.ready, NULL, NULL);
    assert_int_equal(p.count, 5);
    assert_string_equal(p.asked[3].user, "rater/one: y1");
    assert_int_equal(p.asked[3].who, 1); // it is their turn again
    assert_string_equal(p.asked[4].user, "rater/one: y3");
    assert_int_equal(p.asked[4].who, 3);
    answer(&p, 4, "{\"value\":6}", NULL);
    answer(&p, 3, "{\"value\":4}", NULL);
    expect_end(&p, "a1 a2 a3 b11 b2none b33 c14 c36");
    finish(&p);
}

static void if_one_fails_nobody_waits_any_more_and_the_script_can_go_on(void **state)
{
    static const char *const functions[] = { "one_fails", "one_yields" };
    static const char *const ends[] = { "false  no more 9",
                                        "false what llm.together calls must not yield 9" };
    struct play p;

    (void)state;
    for (int f = 0; f < 2; f++) {
        start(&p, functions[f]);
        for (size_t i = 0; i < 3; i++)
            answer(&p, i, "{\"value\":1}", NULL);
        ready_run(&p.ready, NULL, NULL);
        assert_int_equal(p.count, 5);
        assert_string_equal(p.asked[3].user, "rater/one: y1");
        assert_true(p.asked[3].cancelled);
        assert_string_equal(p.asked[4].user, "rater/one: z");
        answer(&p, 4, "{\"value\":9}", NULL);
        expect_end(&p, ends[f]);
        finish(&p);
    }
}

static void cancelling_ends_all_who_wait(void **state)
{
    struct play p;

    (void)state;
    start(&p, "together");
    answer(&p, 1, "{\"value\":1}", NULL);
    task_cancel(p.task);
    assert_true(p.asked[0].cancelled && !p.asked[1].cancelled && p.asked[2].cancelled);
    finish(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_waits_for_its_answer),
        cmocka_unit_test(a_failure_is_nil_and_its_kind),
        cmocka_unit_test(several_questions_wait_together_and_keep_their_places),
        cmocka_unit_test(the_check_of_a_prompt_sees_answer_and_inputs),
        cmocka_unit_test(a_cancelled_script_cancels_what_it_asked),
        cmocka_unit_test(where_a_script_cannot_wait_it_is_told_so_before_anything_is_asked),
        cmocka_unit_test(those_who_wait_wait_together_and_go_on_in_their_order),
        cmocka_unit_test(if_one_fails_nobody_waits_any_more_and_the_script_can_go_on),
        cmocka_unit_test(cancelling_ends_all_who_wait),
    };

    return LAB_RUN_TWICE(tests);
}
