#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/template.h"

// Knows the fields name, place and empty, and one whose value looks like a template.
static bool lookup(void *user, const char *name, struct view *value)
{
    static const char *const known[][2] = {
        { "name", "Ada" }, { "place", "kitchen" }, { "empty", "" }, { "trap", "{{name}} {{{{" }
    };
    int *calls = user;

    *calls += 1;
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        if (strcmp(name, known[i][0]) == 0) {
            *value = view_of(known[i][1]);
            return true;
        }
    }
    return false;
}

static void fields_are_filled_in(void **state)
{
    static const struct {
        const char *text, *out;
        int fields;
    } rows[] = {
        { "", "", 0 },
        { "no fields", "no fields", 0 },
        { "{{name}}", "Ada", 1 },
        { "Hi {{name}}, in the {{place}}: {{name}}!", "Hi Ada, in the kitchen: Ada!", 2 },
        { "{{name}}{{place}}", "Adakitchen", 2 },
        { "[{{empty}}]", "[]", 1 },
        { "{{{{", "{{", 0 },
        { "{{{{name}}", "{{name}}", 0 },
        { "{{{{{{name}}}}", "{{Ada}}", 1 },
        { "{{{{{{{{", "{{{{", 0 },
        { "{\"a\": {\"b\": {{name}}}}", "{\"a\": {\"b\": Ada}}", 1 },
        { "{ } } }} {", "{ } } }} {", 0 },
        { "{{trap}}", "{{name}} {{{{", 1 }, // verbatim, not read again
        { "caf\xC3\xA9 {{name}}\n", "caf\xC3\xA9 Ada\n", 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct buf out = { 0 };
        int calls = 0;
        struct template *t = template_compile(view_of(rows[i].text), &err);
        if (t == NULL)
            fail_msg("%s: %s", rows[i].text, err.text);
        assert_int_equal(template_field_count(t), rows[i].fields);
        assert_true(template_render(t, lookup, &calls, &out, &err));
        assert_string_equal(buf_str(&out), rows[i].out);
        assert_int_equal(calls, rows[i].fields); // once for each name
        buf_fini(&out);
        template_free(t);
    }
    template_free(NULL);
}

static void bad_fields_are_refused_with_their_place(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        { "{{", "line 1, column 1: this `{{` is not closed" },
        { "a\n  {{name", "line 2, column 3: this `{{` is not closed" },
        { "{{name\n}}", "line 1, column 1: this `{{` is not closed" },
        { "caf\xC3\xA9 {{}}", "line 1, column 6: `{{}}` names no field" },
        { "{{name} }", "line 1, column 1: a field is `{{name}}`" },
        { "{{ name }}", "without spaces" },
        { "{{Name}}", "line 1, column 1: a field is" },
        { "{{1a}}", "line 1, column 1: a field is" },
        { "{{a-b}}", "line 1, column 1: a field is" },
        { "{{{name}}}", "for a literal `{{` write `{{{{`" },
        { "{{n\xC3\xA9}}", "line 1, column 1: a field is" },
        { "{{{{{{", "line 1, column 5: this `{{` is not closed" },
        { "{{name}", "line 1, column 1: a field is" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        assert_null(template_compile(view_of(rows[i].text), &err));
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s: \"%s\" should say \"%s\"", rows[i].text, err.text, rows[i].says);
    }
}

static void a_field_without_value_is_named(void **state)
{
    struct err err = { { 0 } };
    struct buf out = { 0 };
    int calls = 0;
    struct template *t = template_compile(view_of("{{name}} {{_x9}} {{other}}"), &err);

    (void)state;
    assert_non_null(t);
    assert_string_equal(template_field(t, 0), "name");
    assert_string_equal(template_field(t, 1), "_x9");
    buf_add_str(&out, "before");
    assert_false(template_render(t, lookup, &calls, &out, &err));
    assert_string_equal(err.text, "field `_x9` has no value");
    assert_string_equal(buf_str(&out), "before"); // nothing was added
    buf_fini(&out);
    template_free(t);
}

static void the_number_of_names_is_limited_but_not_of_uses(void **state)
{
    struct err err = { { 0 } };
    struct buf b = { 0 };
    struct template *t = NULL;

    (void)state;
    for (int i = 0; i < 20000; i++)
        buf_addf(&b, "{{f%d}}\n", i % TEMPLATE_MAX_FIELDS);
    t = template_compile(buf_view(&b), &err);
    assert_non_null(t);
    assert_int_equal(template_field_count(t), TEMPLATE_MAX_FIELDS);
    template_free(t);
    buf_add_str(&b, "{{one_more}}");
    assert_null(template_compile(buf_view(&b), &err));
    assert_non_null(strstr(err.text, "line 20001, column 1: there are too many"));
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_filled_in),
        cmocka_unit_test(bad_fields_are_refused_with_their_place),
        cmocka_unit_test(a_field_without_value_is_named),
        cmocka_unit_test(the_number_of_names_is_limited_but_not_of_uses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
