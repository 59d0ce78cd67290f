// Which endpoints a study names.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/doctor_impl.h"
#include "sim/roles.h"

static struct patient *patient_of(struct patients *p, const struct json *model)
{
    struct buf spec = { 0 };

    json_add_canonical(&spec, model);
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->all[i].spec, buf_str(&spec)) == 0) {
            buf_fini(&spec);
            return &p->all[i];
        }
    }
    p->all = mem_realloc(p->all, p->count + 1, sizeof(*p->all));
    p->all[p->count] = (struct patient){ .spec = buf_take(&spec), .model = model };
    return &p->all[p->count++];
}

void patients_collect(struct patients *p, const struct study *study)
{
    const struct json *conditions = json_get(study->doc, "conditions");

    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c)) {
        for (int role = 0; role < ROLE_COUNT; role++) {
            const char *name = role_name((enum role)role);
            const struct json *model = json_get(json_get(c, "models"), name);
            struct patient *one = NULL;
            if (roles_is_offline(model))
                continue;
            one = patient_of(p, model);
            if (strstr(buf_str(&one->roles), name) == NULL)
                buf_addf(&one->roles, "%s%s", one->roles.len > 0 ? ", " : "", name);
            if (role == ROLE_EMBEDDING) {
                one->embeds = true;
                continue;
            }
            one->chats = true;
            if (one->role == NULL)
                one->role = name;
        }
    }
}

void patients_fini(struct patients *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->all[i].spec);
        buf_fini(&p->all[i].roles);
    }
    free(p->all);
}
