#include "web/web.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/loop.h"
#include "web/inside.h"
#include "web/reports.h"

// One part may stand for several routes: the tables of a run are listed in tables.c, the pictures
// in pages.c.
static const struct server_route routes[] = {
    { SERVER_GET, "/", page_shell },
    { SERVER_GET, "/live/*", page_map_shell },
    { SERVER_GET, "/replay/*", page_map_shell },
    { SERVER_GET, "/replay/*/*", page_map_shell },
    { SERVER_GET, "/demo/*", page_map_shell },
    { SERVER_GET, "/demo/*/*", page_map_shell },
    { SERVER_GET, "/demo/*/*/*", page_map_shell },
    { SERVER_GET, "/state/*/*/*", page_shell },
    { SERVER_GET, "/step/*/*", page_shell },
    { SERVER_GET, "/study/*", page_shell },
    { SERVER_GET, "/rate/*", page_shell },
    { SERVER_GET, "/path_tester", page_shell },
    { SERVER_GET, "/path_tester/*", page_map_shell },
    { SERVER_GET, "/simulator_home", page_newest },
    { SERVER_GET, "/live", page_newest },
    { SERVER_GET, "/replay_persona_state/*/*/*", page_old_state },
    { SERVER_GET, "/favicon.ico", page_asset },
    { SERVER_GET, "/assets/*", page_asset },
    { SERVER_GET, "/api/v1/studies", api_studies },
    { SERVER_GET, "/api/v1/studies/*", api_study },
    { SERVER_GET, "/api/v1/studies/*/report", api_report },
    { SERVER_GET, "/api/v1/runs/*", api_run },
    { SERVER_GET, "/api/v1/runs/*/days", api_days },
    { SERVER_GET, "/api/v1/runs/*/live", api_live },
    { SERVER_GET, "/api/v1/runs/*/ratings", api_ratings },
    { SERVER_POST, "/api/v1/runs/*/ratings", api_rate },
    { SERVER_GET, "/api/v1/runs/*/policy", api_policy },
    { SERVER_GET, "/api/v1/runs/*/*", api_table },
    { SERVER_GET, "/api/v1/maps", api_maps },
    { SERVER_GET, "/api/v1/maps/*", api_map },
    { SERVER_GET, "/api/v1/maps/*/pictures/*", api_map_picture },
    { SERVER_GET, "/api/v1/maps/*/path", api_map_path },
};

struct web *web_new(struct loop *loop, const struct web_config *config, struct err *err)
{
    struct web *w = mem_calloc(1, sizeof(*w));
    struct server_config server = { .address = config->address,
                                    .port = config->port,
                                    .token = config->token,
                                    .routes = routes,
                                    .route_count = sizeof(routes) / sizeof(*routes),
                                    .not_found = page_unknown,
                                    .user = w };

    w->loop = loop;
    w->config = *config;
    w->folder = mem_strdup(config->folder);
    w->data = mem_strdup(config->data);
    w->catalog = catalog_new(w->folder);
    w->readers = readers_new();
    w->maps = maps_new();
    w->reports = reports_new(w);
    w->live = live_new(w);
    w->server = server_new(loop, &server, err);
    if (w->server == NULL) {
        web_free(w);
        return NULL;
    }
    return w;
}

void web_free(struct web *w)
{
    if (w == NULL)
        return;
    server_free(w->server); // ends the streams, of which `live` is told
    live_free(w->live);
    reports_free(w->reports);
    maps_free(w->maps);
    readers_free(w->readers);
    catalog_free(w->catalog);
    free(w->folder);
    free(w->data);
    free(w);
}

int web_port(const struct web *w)
{
    return server_port(w->server);
}
