#pragma once
// Shows every study and run below a folder in the browser: pages, a JSON interface
// (docs/http-api.md) and live events. Run files are only read; nobody waits for a viewer. What
// people who rate give is written beside the runs, never into them (web/ratings.h).
//
// One thread, on a loop that the caller runs; created from and freed before it.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct loop;
struct web;

enum { WEB_REPORT_ARGUMENTS = 7 };

struct web_config {
    const char *folder;          // shown is what lies in and below it
    const char *data;            // the installed data: maps/ and pictures
    const char *address, *token; // as struct server_config's
    int port;
    /// A program and its arguments, NULL at the end, that prints the report of a study as JSON; the
    /// study's folder is added as the last argument. The report's arithmetic is in Lua, which this
    /// room does not know, and may take seconds.
    const char *report[WEB_REPORT_ARGUMENTS + 1];
};

struct web *web_new(struct loop *loop, const struct web_config *config, struct err *err) NODISCARD;
void web_free(struct web *web); // NULL is fine
int web_port(const struct web *web);
