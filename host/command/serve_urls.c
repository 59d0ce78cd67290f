#include "command/serve_urls.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "base/mem.h"

static void add_url(struct buf *out, const char *host, int port, const char *token)
{
    bool v6 = strchr(host, ':') != NULL;

    buf_addf(out, "http://%s%s%s:%d/", v6 ? "[" : "", host, v6 ? "]" : "", port);
    if (token != NULL)
        buf_addf(out, "?token=%s", token);
    buf_add_char(out, '\n');
}

static bool is_everywhere(const char *address)
{
    struct in_addr v4;
    struct in6_addr v6;

    if (inet_pton(AF_INET, address, &v4) == 1)
        return v4.s_addr == htonl(INADDR_ANY);
    return inet_pton(AF_INET6, address, &v6) == 1 && IN6_IS_ADDR_UNSPECIFIED(&v6);
}

// The address of an interface as text; false for those that others cannot open as they stand.
static bool read_address(const struct sockaddr *of, bool with_v6, char out[INET6_ADDRSTRLEN])
{
    const struct sockaddr_in *v4 = (const void *)of;
    const struct sockaddr_in6 *v6 = (const void *)of;

    if (of->sa_family == AF_INET)
        return inet_ntop(AF_INET, &v4->sin_addr, out, INET6_ADDRSTRLEN) != NULL;
    return of->sa_family == AF_INET6 && with_v6 && !IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr) &&
           inet_ntop(AF_INET6, &v6->sin6_addr, out, INET6_ADDRSTRLEN) != NULL;
}

void serve_add_urls(struct buf *out, const char *address, int port, const char *token)
{
    const char *self = "127.0.0.1";
    struct ifaddrs *all = NULL;
    bool with_v6 = address != NULL && strchr(address, ':') != NULL;
    char host[INET6_ADDRSTRLEN];

    if (address == NULL || !is_everywhere(address)) {
        add_url(out, address != NULL ? address : self, port, token);
        return;
    }
    if (getifaddrs(&all) != 0)
        all = NULL; // then at least this machine can open it
    for (const struct ifaddrs *a = all; a != NULL; a = a->ifa_next) {
        if (a->ifa_addr != NULL && (a->ifa_flags & IFF_UP) != 0 &&
            (a->ifa_flags & IFF_LOOPBACK) == 0 && read_address(a->ifa_addr, with_v6, host))
            add_url(out, host, port, token);
    }
    if (all != NULL)
        freeifaddrs(all);
    add_url(out, with_v6 ? "::1" : self, port, token);
}

char *serve_local_url(const struct buf *urls)
{
    const char *text = buf_str(urls), *end = text + strlen(text), *start = NULL;

    if (end > text)
        end--; // the last end of a line
    for (start = end; start > text && start[-1] != '\n';)
        start--;
    return mem_strndup(start, (size_t)(end - start));
}
