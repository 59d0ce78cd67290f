#pragma once
// The reports of studies. The report is made by a program of its own (see struct web_config), since
// its arithmetic may take long and much memory; it is kept until a run of the study gets on by a
// day. Those who ask meanwhile wait for the same report.

struct catalog_study;
struct reports;
struct server_reply;
struct server_request;
struct web;

struct reports *reports_new(struct web *w);
void reports_free(struct reports *r); // NULL is fine

/// Answers with the report of a study as JSON: at once if it is at hand, otherwise when it is made.
void reports_answer(struct reports *r, struct catalog_study *study, struct server_request *q,
                    struct server_reply *reply);
