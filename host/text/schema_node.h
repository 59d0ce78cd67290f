#pragma once
// What schema.c compiles and schema_check.c checks; nobody else includes this.

#include <stdbool.h>
#include <stddef.h>

// Bits of schema.types. A number without fraction is also an integer.
enum schema_type {
    SCHEMA_NULL = 1,
    SCHEMA_BOOLEAN = 2,
    SCHEMA_INTEGER = 4,
    SCHEMA_NUMBER = 8,
    SCHEMA_STRING = 16,
    SCHEMA_ARRAY = 32,
    SCHEMA_OBJECT = 64,
};

struct schema_member {
    char *key;
    struct schema *schema; // NULL: any value
    bool required;
};

struct schema {
    unsigned types; // 0: any
    double minimum, maximum;
    size_t min_length, max_length; // characters
    size_t min_items, max_items;
    bool closed; // no other members than these
    struct schema_member *members;
    size_t member_count, member_cap;
    struct schema *items; // NULL: any
    char **choices;       // in canonical form; NULL: any
    size_t choice_count;
};
