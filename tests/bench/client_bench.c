// CPU per question: our client and our questions (model/ask.h: hash, limits, JSON, schema) beside
// Python's aiohttp doing the same questions in the same run against the same server, which is a
// process of its own. The server's CPU is not counted.
//
//   client_bench [REQUESTS [CONCURRENCY [LATENCY_MS]]]      in the top folder; see
//   tests/bench/run.sh
//
// One line per way: CPU microseconds per request, requests per second, most requests under way at
// once; then the ratio. The peer is
// left out, and said to be, where /usr/bin/python3 has no aiohttp (Debian: python3-aiohttp).

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "fault_server.h"
#include "model/ask.h"
#include "net/client.h"

static const char reply[] =
    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":"
    "0,\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"score\\\":1,\\\"reason\\\":\\\"It "
    "comes at a quiet time and is about something that she likes.\\\"}\"},\"finish_reason\":"
    "\"stop\"}],\"usage\":{\"prompt_tokens\":1300,\"completion_tokens\":25,\"total_tokens\":1325}}";

struct bench {
    struct loop *loop;
    struct client *client;
    char url[64];
    size_t requests, concurrency, started, done, most;
    int64_t latency_ms; // of the server
    struct buf body;
    struct json *schema_json;
    struct schema *schema;
    struct channel *channel;
    char *prompt;
};

static void fail(const char *what)
{
    fprintf(stderr, "client_bench: %s\n", what);
    exit(1);
}

static double cpu_s(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static double wall_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void serve(void *user, struct fault_connection *c, const struct fault_request *r)
{
    const int64_t *latency_ms = user;

    (void)r;
    fault_answer_later(c, *latency_ms, 200, NULL, view_of(reply));
}

// A process that answers for ever; returns its id and the port.
static pid_t start_server(int *port, int64_t latency_ms)
{
    int ends[2];
    pid_t child = 0;

    if (pipe(ends) != 0 || (child = fork()) < 0)
        fail("no server");
    if (child == 0) {
        struct err err = { { 0 } };
        struct loop *l = loop_new(&err);
        struct fault_server *s = fault_server_new(l, serve, &latency_ms);
        *port = fault_server_port(s);
        if (write(ends[1], port, sizeof(*port)) != sizeof(*port))
            _exit(1);
        _exit(loop_run(l, -1, NULL, &err) ? 0 : 1);
    }
    close(ends[1]);
    if (read(ends[0], port, sizeof(*port)) != sizeof(*port))
        fail("no server");
    close(ends[0]);
    return child;
}

static bool is_done(void *user)
{
    struct bench *b = user;

    return b->done == b->requests;
}

static void report(const char *name, const struct bench *b, double cpu, double wall)
{
    printf("%s requests %zu concurrency %zu latency_ms %lld cpu_us %.1f per_s %.0f", name,
           b->requests, b->concurrency, (long long)b->latency_ms, cpu / (double)b->requests * 1e6,
           (double)b->requests / wall);
    if (b->most > 0)
        printf(" most_at_once %zu", b->most);
    printf("\n");
}

// ---- Bytes alone

static void next_fetch(struct bench *b);

static void on_fetch(void *user, const struct client_response *r)
{
    struct bench *b = user;

    if (r->error != CLIENT_OK || r->status != 200)
        fail(r->message);
    b->done++;
    if (client_in_flight(b->client) > b->most)
        b->most = client_in_flight(b->client);
    next_fetch(b);
}

static void next_fetch(struct bench *b)
{
    static const struct client_header headers[] = { { "Content-Type", "application/json" },
                                                    { "Authorization", "Bearer k" } };
    struct client_request r = { .method = "POST",
                                .url = b->url,
                                .headers = headers,
                                .header_count = 2,
                                .body = buf_view(&b->body),
                                .connect_ms = 10000,
                                .first_byte_ms = 60000,
                                .total_ms = 60000,
                                .max_bytes = 1 << 20 };
    struct err err = { { 0 } };

    if (b->started == b->requests)
        return;
    b->started++;
    if (client_start(b->client, &r, on_fetch, b, &err) == 0)
        fail(err.text);
}

static double measure_client(struct bench *b)
{
    struct err err = { { 0 } };
    double cpu = cpu_s(), wall = wall_s();

    b->started = b->done = b->most = 0;
    for (size_t i = 0; i < b->concurrency; i++)
        next_fetch(b);
    if (!loop_run_until(b->loop, is_done, b, -1, &err))
        fail(err.text);
    cpu = cpu_s() - cpu;
    report("client", b, cpu, wall_s() - wall);
    return cpu;
}

// ---- Questions

static void next_question(struct bench *b);

static void on_answer(void *user, struct answer *a)
{
    struct bench *b = user;

    if (a->failure != FAILURE_NONE)
        fail(a->message);
    b->done++;
    if (channel_running(b->channel) > b->most)
        b->most = channel_running(b->channel);
    next_question(b);
}

static void next_question(struct bench *b)
{
    char text[32];
    struct wire_message messages[2] = { { WIRE_SYSTEM, view_of(b->prompt) },
                                        { WIRE_USER, { NULL, 0 } } };
    struct question q = { .role = "rater",
                          .prompt = "rate/timing",
                          .version = "1",
                          .household = b->started % 32,
                          .messages = messages,
                          .message_count = 2,
                          .schema = b->schema_json,
                          .checker = b->schema,
                          .seed = b->started };

    if (b->started == b->requests)
        return;
    snprintf(text, sizeof(text), "Question %zu", b->started++);
    messages[1].text = view_of(text);
    if (ask_start(b->channel, &q, on_answer, b) == NULL)
        fail("no question");
}

// As households do: who has an answer asks the next question. Twice as many ask as may at once.
static double measure_ask(struct bench *b)
{
    struct err err = { { 0 } };
    double cpu = cpu_s(), wall = wall_s();

    b->started = b->done = b->most = 0;
    for (size_t i = 0; i < 2 * b->concurrency; i++)
        next_question(b);
    if (!loop_run_until(b->loop, is_done, b, -1, &err))
        fail(err.text);
    cpu = cpu_s() - cpu;
    report("ask", b, cpu, wall_s() - wall);
    return cpu;
}

// ---- The peer

static double measure_peer(struct bench *b, int port)
{
    char command[512];
    double cpu = 0, wall = 0;
    FILE *p = NULL;
    int n = 0;

    if (system("/usr/bin/python3 -c 'import aiohttp' 2>/dev/null") != 0) {
        printf("aiohttp is not installed: no peer\n");
        return 0;
    }
    snprintf(command, sizeof(command),
             "/usr/bin/python3 '%s/tests/bench/client_bench.py' http://127.0.0.1:%d/v1 %zu %zu",
             getenv("PROPERSIM_SOURCE") != NULL ? getenv("PROPERSIM_SOURCE") : ".", port,
             b->requests, b->concurrency);
    p = popen(command, "r");
    if (p != NULL)
        n = fscanf(p, "%lf %lf", &cpu, &wall);
    if (p == NULL || pclose(p) != 0 || n != 2)
        fail("the peer failed");
    b->most = 0; // not measured
    report("aiohttp", b, cpu, wall);
    return cpu;
}

static void open_model(struct bench *b, struct models **models, int port)
{
    char table[160];
    struct err err = { { 0 } };
    struct json *j = NULL;
    struct endpoint *e = NULL;

    snprintf(table, sizeof(table),
             "{\"model\":\"m\",\"url\":\"http://127.0.0.1:%d/v1\",\"concurrency\":%zu}", port,
             b->concurrency);
    j = json_parse(view_of(table), &err);
    e = j != NULL ? endpoint_from_json(j, &err) : NULL;
    *models = models_new(b->loop, &(struct models_options){ 0 }, &err);
    b->channel = e != NULL && *models != NULL ? models_add(*models, e, &err) : NULL;
    json_free(j);
    b->schema_json = json_parse(
        view_of("{\"type\":\"object\",\"properties\":{\"score\":{\"type\":\"integer\"},\"reason\":{"
                "\"type\":\"string\"}},\"required\":[\"score\",\"reason\"],"
                "\"additionalProperties\":false}"),
        &err);
    b->schema = b->schema_json != NULL ? schema_compile(b->schema_json, &err) : NULL;
    if (b->channel == NULL || b->schema == NULL)
        fail(err.text);
}

int main(int argc, char **argv)
{
    struct bench b = { .requests = argc > 1 ? strtoul(argv[1], NULL, 10) : 5000,
                       .concurrency = argc > 2 ? strtoul(argv[2], NULL, 10) : 64,
                       .latency_ms = argc > 3 ? strtol(argv[3], NULL, 10) : 0 };
    struct models *models = NULL;
    struct err err = { { 0 } };
    double client = 0, ask = 0, peer = 0;
    struct buf prompt = { 0 };
    int port = 0;
    pid_t server = 0;

    if (b.requests < b.concurrency || b.concurrency < 1 || b.concurrency > 4000 ||
        b.latency_ms < 0 || b.latency_ms > 60000) {
        fprintf(stderr, "usage: client_bench [REQUESTS [CONCURRENCY [LATENCY_MS]]]\n");
        return 2;
    }
    if (!loop_allow_files(b.concurrency * 2 + 100, &err))
        fail(err.text);
    server = start_server(&port, b.latency_ms);
    for (int i = 0; i < 170; i++)
        buf_add_str(&prompt, "She sits at the desk and reads. ");
    b.prompt = buf_take(&prompt);
    snprintf(b.url, sizeof(b.url), "http://127.0.0.1:%d/v1/chat/completions", port);
    buf_addf(&b.body, "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"%s\"}]}",
             b.prompt);
    b.loop = loop_new(&err);
    b.client = client_new(b.loop, &(struct client_options){ .max_idle = 4096 }, &err);
    if (b.client == NULL)
        fail(err.text);
    open_model(&b, &models, port);
    client = measure_client(&b);
    ask = measure_ask(&b);
    peer = measure_peer(&b, port);
    if (peer > 0)
        printf("aiohttp/client %.1f aiohttp/ask %.1f\n", peer / client, peer / ask);
    models_free(models);
    client_free(b.client);
    loop_free(b.loop);
    schema_free(b.schema);
    json_free(b.schema_json);
    buf_fini(&b.body);
    free(b.prompt);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    return 0;
}
