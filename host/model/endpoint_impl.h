#pragma once
// What endpoint.c and endpoint_table.c share.

#include "model/endpoint.h"

/// Fills kind, model, URLs and the default key's variable from a name.
bool endpoint_set_name(struct endpoint *e, struct view name, struct err *err) NODISCARD;
/// Adds a base URL after checking it.
bool endpoint_add_url(struct endpoint *e, struct view url, struct err *err) NODISCARD;
/// Reads the table's keys, `model` apart.
bool endpoint_set_table(struct endpoint *e, const struct json *table, struct err *err) NODISCARD;
/// Copies an environment variable that must be there.
char *endpoint_read_variable(const char *variable, const char *what, struct err *err) NODISCARD;
