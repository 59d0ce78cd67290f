#pragma once
// Attributes that both supported compilers (gcc, clang) understand, under names that read well.

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
