# A room is a folder of host/ built as one static library. Its link list is its permission list:
# every room exports its headers through a folder of its own that holds nothing but a link to it,
# so `#include "store/writer.h"` compiles only in rooms that list `store`.

add_library(propersim_options INTERFACE)
target_compile_options(propersim_options INTERFACE
  -Wall -Wextra -Wshadow -Wundef -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings
  -Wformat=2 -Wconversion -Wno-sign-conversion -ffp-contract=off)
target_compile_definitions(propersim_options INTERFACE
  _GNU_SOURCE
  PROPERSIM_VERSION="${PROJECT_VERSION}"
  PROPERSIM_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  PROPERSIM_DATA_DIR="${CMAKE_INSTALL_FULL_DATADIR}/propersim")
if(PROPERSIM_WERROR)
  target_compile_options(propersim_options INTERFACE -Werror)
endif()
if(PROPERSIM_SANITIZE)
  target_compile_options(propersim_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(propersim_options INTERFACE -fsanitize=address,undefined)
endif()

function(propersim_room name)
  cmake_parse_arguments(ARG "" "" "ROOMS;FOREIGN" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/${name}/*.c)
  set(view ${CMAKE_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/host/${name} ${view}/${name} SYMBOLIC)
  list(TRANSFORM ARG_ROOMS PREPEND room_)
  if(sources)
    add_library(room_${name} STATIC ${sources})
    target_include_directories(room_${name} PUBLIC ${view})
    target_link_libraries(room_${name} PUBLIC ${ARG_ROOMS} PRIVATE ${ARG_FOREIGN} propersim_options)
  else()
    add_library(room_${name} INTERFACE)
    target_include_directories(room_${name} INTERFACE ${view})
    target_link_libraries(room_${name} INTERFACE ${ARG_ROOMS})
  endif()
endfunction()
