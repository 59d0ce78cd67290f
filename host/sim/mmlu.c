#include "sim/mmlu.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "sim/data.h"
#include "text/csv.h"

enum { MAX_BYTES = 64 << 20, CHOICES = 4, USUAL_QUESTIONS = 100 };

static const char *const usual_subjects[] = { "human_aging", "nutrition", "world_religions",
                                              "prehistory", "sociology" };

// The questions of one subject while they are read: each as a JSON object.
struct pool {
    char **items;
    size_t count, cap;
};

static void pool_fini(struct pool *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->items[i]);
    free(p->items);
    *p = (struct pool){ 0 };
}

// answer: 0..3. Takes nothing.
static void pool_add(struct pool *p, struct view subject, struct view question,
                     const struct view *choices, int answer)
{
    struct buf out = { 0 };

    buf_add_str(&out, "{\"subject\":");
    json_add_string(&out, subject);
    buf_add_str(&out, ",\"question\":");
    json_add_string(&out, question);
    buf_add_str(&out, ",\"choices\":[");
    for (int i = 0; i < CHOICES; i++) {
        buf_add_str(&out, i > 0 ? "," : "");
        json_add_string(&out, choices[i]);
    }
    buf_addf(&out, "],\"answer\":%d}", answer);
    if (p->count == p->cap) {
        p->cap = mem_grow(p->cap, p->count + 1);
        p->items = mem_realloc(p->items, p->cap, sizeof(*p->items));
    }
    p->items[p->count++] = buf_take(&out);
}

// 'A' to 'D', as a number; -1 for anything else.
static int letter(struct view text)
{
    return text.len == 1 && text.data[0] >= 'A' && text.data[0] <= 'D' ? text.data[0] - 'A' : -1;
}

static bool read_csv(struct pool *p, struct view subject, struct view text, struct err *err)
{
    struct csv csv;
    bool found = false, ok = true;

    csv_init(&csv, text);
    while ((ok = csv_next(&csv, &found, err)) && found) {
        int answer = csv.count == 2 + CHOICES ? letter(csv.fields[1 + CHOICES]) : -1;
        bool heading =
            p->count == 0 && csv.row_line == 1 && view_equal(csv.fields[0], view_of("question"));
        if (answer >= 0) {
            pool_add(p, subject, csv.fields[0], csv.fields + 1, answer);
        } else if (!heading) {
            ok = err_set(err,
                         "line %d: must be question,A,B,C,D,answer with the answer as a letter "
                         "from A to D; it has %zu fields",
                         csv.row_line, csv.count);
            break;
        }
    }
    csv_fini(&csv);
    return ok;
}

static bool read_choices(const struct json *doc, struct view *choices, struct err *err)
{
    const struct json *list = NULL;
    int count = 0;

    if (!json_want_array(doc, "choices", &list, err))
        return false;
    for (const struct json *c = json_first(list); c != NULL; c = json_next(c), count++) {
        if (count >= CHOICES || json_type(c) != JSON_STRING)
            return err_set(err, "`choices` must be four texts");
        choices[count] = json_string(c);
    }
    return count == CHOICES ? true : err_set(err, "`choices` must be four texts");
}

static bool read_answer(const struct json *doc, int *answer, struct err *err)
{
    const struct json *value = json_get(doc, "answer");
    int64_t number = 0;

    if (value != NULL && json_type(value) == JSON_STRING) {
        *answer = letter(json_string(value));
        return *answer >= 0 ? true : err_set(err, "`answer` must be 0 to 3, or A to D");
    }
    if (!json_want_int(doc, "answer", 0, CHOICES - 1, &number, err))
        return false;
    *answer = (int)number;
    return true;
}

// A line of a file of several subjects counts only if it is of this one.
static bool take_line(struct pool *p, struct view subject, bool all_subjects,
                      const struct json *doc, struct err *err)
{
    struct view question = { 0 }, of = { 0 }, choices[CHOICES];
    int answer = 0;

    if (all_subjects && !json_want_string(doc, "subject", &of, err))
        return false;
    if (all_subjects && !view_equal(of, subject))
        return true;
    if (!json_want_string(doc, "question", &question, err) || !read_choices(doc, choices, err) ||
        !read_answer(doc, &answer, err))
        return false;
    pool_add(p, subject, question, choices, answer);
    return true;
}

static bool read_jsonl(struct pool *p, struct view subject, bool all_subjects, struct view text,
                       struct err *err)
{
    bool ok = true;
    int line = 1;

    for (size_t from = 0; ok && from < text.len; line++) {
        const char *end = memchr(text.data + from, '\n', text.len - from);
        size_t len = end != NULL ? (size_t)(end - text.data) - from : text.len - from;
        if (len > 0 && !(len == 1 && text.data[from] == '\r')) {
            struct json *doc = json_parse((struct view){ text.data + from, len }, err);
            ok = doc != NULL && take_line(p, subject, all_subjects, doc, err);
            json_free(doc);
            if (!ok)
                err_wrap(err, "line %d", line);
        }
        from += len + 1;
    }
    return ok;
}

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);

    return a >= b && strcmp(text + a - b, end) == 0;
}

static bool read_file(struct pool *p, struct view subject, bool all_subjects, const char *path,
                      struct err *err)
{
    struct buf text = { 0 };
    bool ok = file_read(&text, path, MAX_BYTES, err);

    if (ok)
        ok = (ends_with(path, ".jsonl") ? read_jsonl(p, subject, all_subjects, buf_view(&text), err)
                                        : read_csv(p, subject, buf_view(&text), err)) ||
             err_wrap(err, "%s", path);
    buf_fini(&text);
    return ok;
}

// The file of a subject in a folder; NULL, naming what was looked for. Caller frees.
static char *find_file(const char *folder, const char *subject, struct err *err)
{
    static const char *const forms[] = { "%s.csv",        "%s_test.csv",       "%s.jsonl",
                                         "%s_test.jsonl", "test/%s.csv",       "test/%s_test.csv",
                                         "test/%s.jsonl", "test/%s_test.jsonl" };
    static const char *const inner[] = { "/test.jsonl", "/test.csv" };
    char *found = NULL;

    for (size_t i = 0; found == NULL && i < sizeof(forms) / sizeof(*forms) + 2; i++) {
        struct buf name = { 0 };
        size_t usual = sizeof(forms) / sizeof(*forms);
        const char *form = i < usual ? forms[i] : "%s";
        const char *mark = strstr(form, "%s");
        buf_addf(&name, "%.*s%s%s%s", (int)(mark - form), form, subject, mark + 2,
                 i < usual ? "" : inner[i - usual]);
        found = path_join(folder, buf_str(&name));
        if (!file_exists(found) || file_is_folder(found)) {
            free(found);
            found = NULL;
        }
        buf_fini(&name);
    }
    if (found == NULL)
        err_set(err, "%s: has no file of the subject '%s', such as %s_test.csv or %s.jsonl", folder,
                subject, subject, subject);
    return found;
}

static bool read_subject(struct pool *p, const char *path, const char *subject, struct err *err)
{
    bool ok = false;

    if (!file_is_folder(path)) {
        ok = read_file(p, view_of(subject), true, path, err);
    } else {
        char *file = find_file(path, subject, err);
        ok = file != NULL && read_file(p, view_of(subject), false, file, err);
        free(file);
    }
    if (ok && p->count == 0)
        ok = err_set(err, "%s: has no question of the subject '%s'", path, subject);
    return ok;
}

// Draws so many of the pool, each order as likely, and appends them to the list.
static void draw(const struct mmlu_source *source, const char *subject, struct pool *p,
                 struct buf *list)
{
    struct buf purpose = { 0 };
    size_t count = (size_t)source->questions < p->count ? (size_t)source->questions : p->count;
    struct rng rng;

    buf_addf(&purpose, "mmlu/%s", subject);
    rng = rng_from_key(rng_key((uint64_t)source->seed, source->who, buf_str(&purpose), 0));
    for (size_t i = 0; i < count; i++) {
        size_t other = i + (size_t)rng_below(&rng, p->count - i);
        char *kept = p->items[i];
        p->items[i] = p->items[other];
        p->items[other] = kept;
        buf_add_str(list, list->len > 1 ? "," : "");
        buf_add_str(list, p->items[i]);
    }
    buf_fini(&purpose);
}

bool mmlu_source_of(const struct json *options, struct mmlu_source *source)
{
    const struct json *group = json_get(options, "mmlu"), *path = json_get(group, "path");
    const struct json *questions = json_get(group, "questions");

    *source = (struct mmlu_source){ .subjects = json_get(group, "subjects") };
    if (path == NULL)
        return false;
    source->path = json_string(path);
    source->questions = questions != NULL ? (int)json_number(questions) : USUAL_QUESTIONS;
    return true;
}

static char *find_path(const struct study *study, struct view path, struct err *err)
{
    const char *folders[] = { study->folder, study->data };

    if (view_equal(path, view_of("own")))
        return data_find_file("examples/mmlu", folders + 1, 1, err);
    return data_find_file(path.data, folders, 2, err);
}

struct json *mmlu_read(const struct study *study, const struct mmlu_source *source, struct err *err)
{
    char *path = find_path(study, source->path, err);
    struct buf list = { 0 };
    struct json *out = NULL;
    const struct json *s = source->subjects != NULL ? json_first(source->subjects) : NULL;
    bool ok = path != NULL;

    buf_add_char(&list, '[');
    for (size_t i = 0; ok; i++) {
        bool usual = source->subjects == NULL;
        const char *subject = NULL;
        struct pool pool = { 0 };
        if (usual ? i == sizeof(usual_subjects) / sizeof(*usual_subjects) : s == NULL)
            break;
        subject = usual ? usual_subjects[i] : json_string(s).data;
        s = s != NULL ? json_next(s) : NULL;
        ok = read_subject(&pool, path, subject, err);
        if (ok)
            draw(source, subject, &pool, &list);
        pool_fini(&pool);
    }
    buf_add_char(&list, ']');
    if (ok)
        out = json_parse(buf_view(&list), err);
    else
        err_wrap(err, "mmlu.path");
    buf_fini(&list);
    free(path);
    return out;
}

bool mmlu_check(const struct study *study, struct err *err)
{
    const struct json *conditions = json_get(study->doc, "conditions");
    bool ok = true;

    for (const struct json *c = json_first(conditions); ok && c != NULL; c = json_next(c)) {
        struct mmlu_source source;
        struct json *questions = NULL;
        if (!mmlu_source_of(c, &source))
            continue;
        source.who = "";
        questions = mmlu_read(study, &source, err);
        ok = questions != NULL;
        json_free(questions);
    }
    return ok;
}
