// curl's multi handle on the loop: curl says which descriptors and which time it waits for, the
// loop says when they are due, and what has finished is collected after each.

#include "net/client_impl.h"

#include "base/mem.h"

static void collect(struct client *c)
{
    CURLMsg *message = NULL;
    int left = 0;

    while ((message = curl_multi_info_read(c->multi, &left)) != NULL) {
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result; // the message dies with curl_multi_remove_handle
        struct call *call = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&call);
        curl_multi_remove_handle(c->multi, easy);
        call_finished(call, code);
    }
}

static void act(struct client *c, curl_socket_t fd, int what)
{
    int running = 0;

    curl_multi_socket_action(c->multi, fd, what, &running);
    collect(c);
}

static void on_descriptor(void *user, int fd, int what)
{
    act(user, fd,
        ((what & LOOP_READ) != 0 ? CURL_CSELECT_IN : 0) |
            ((what & LOOP_WRITE) != 0 ? CURL_CSELECT_OUT : 0));
}

static void on_timer(void *user)
{
    act(user, CURL_SOCKET_TIMEOUT, 0);
}

static int timer_function(CURLM *multi, long ms, void *user)
{
    struct client *c = user;

    (void)multi;
    if (ms < 0)
        loop_timer_clear(c->timer);
    else
        loop_timer_set(c->timer, ms);
    return 0;
}

static int socket_function(CURL *easy, curl_socket_t fd, int what, void *user, void *of_socket)
{
    struct client *c = user;
    struct loop_watch *watch = of_socket;
    int wanted = ((what & CURL_POLL_IN) != 0 ? LOOP_READ : 0) |
                 ((what & CURL_POLL_OUT) != 0 ? LOOP_WRITE : 0);
    struct err err = { { 0 } };

    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        loop_watch_free(watch);
        curl_multi_assign(c->multi, fd, NULL);
        return 0;
    }
    if (watch != NULL)
        return loop_watch_set(watch, wanted, &err) ? 0 : -1;
    watch = loop_watch_new(c->loop, fd, wanted, on_descriptor, c, &err);
    if (watch == NULL)
        return -1; // curl ends the transfers with an error
    curl_multi_assign(c->multi, fd, watch);
    return 0;
}

bool sockets_init(struct client *c, struct err *err)
{
    c->timer = loop_timer_new(c->loop, on_timer, c);
    c->multi = curl_multi_init();
    if (c->multi == NULL)
        return err_set(err, "the HTTP client cannot start: out of memory");
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, socket_function);
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, timer_function);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
    return true;
}
