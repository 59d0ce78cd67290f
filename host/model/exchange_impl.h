#pragma once
// What the files of an exchange share.
//
// exchange.c         waits for the turn, sends, books what came back
// exchange_decide.c  what follows: the end, another try, or the end of the study

#include "model/exchange.h"
#include "net/client.h"

/// Waits for another turn, before the others of the household, and sends again.
void exchange_send_again(struct exchange *x);

/// What follows a response that was read as `reply`. May free x.
void exchange_decide(struct exchange *x, const struct client_response *response,
                     struct wire_reply *reply);
/// What follows a response that is an error: nothing came that could be read. May free x.
void exchange_decide_without_reply(struct exchange *x, const struct client_response *response);
