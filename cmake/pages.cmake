# The pages of host/web: bundled from host/web/page by esbuild and put into the program as a C
# table. Without Node (or with PROPERSIM_PAGES=OFF) a page that says how to get them.

find_program(PROPERSIM_NODE node)
find_program(PROPERSIM_NPM npm)
if(PROPERSIM_NODE AND PROPERSIM_NPM)
  set(pages_default ON)
else()
  set(pages_default OFF)
endif()
option(PROPERSIM_PAGES "Build the web pages (needs Node.js and npm)" ${pages_default})

function(propersim_pages room)
  set(source ${PROJECT_SOURCE_DIR}/host/web)
  if(NOT EXISTS ${source}/page/package-lock.json)
    return()
  endif()
  set(work ${CMAKE_BINARY_DIR}/pages)
  set(assets ${work}/assets.c)
  if(PROPERSIM_PAGES)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${source}/page/src/*)
    set(files index.html map.html app.js world.js style.css favicon.svg)
    list(TRANSFORM files PREPEND ${work}/dist/ OUTPUT_VARIABLE built)
    # Installed beside the build, so that builds in several folders do not meet
    add_custom_command(
      OUTPUT ${work}/node_modules/.package-lock.json
      COMMAND ${CMAKE_COMMAND} -E copy ${source}/page/package.json ${source}/page/package-lock.json ${work}
      COMMAND ${PROPERSIM_NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
      DEPENDS ${source}/page/package-lock.json ${source}/page/package.json
      WORKING_DIRECTORY ${work}
      COMMENT "Fetching Phaser and esbuild as the lock file says (without a network: -DPROPERSIM_PAGES=OFF)")
    add_custom_command(
      OUTPUT ${assets}
      COMMAND ${CMAKE_COMMAND} -E copy ${source}/page/build.mjs ${work}
      COMMAND ${CMAKE_COMMAND} -E env PAGE_SOURCES=${source}/page
              ${PROPERSIM_NODE} build.mjs ${work}/dist ${work}/node_modules
      COMMAND ${PROPERSIM_NODE} ${source}/page/embed.mjs ${assets} ${built}
      DEPENDS ${sources} ${source}/page/build.mjs ${source}/page/embed.mjs
              ${PROJECT_SOURCE_DIR}/maps/art/palette.json
              ${work}/node_modules/.package-lock.json
      WORKING_DIRECTORY ${work}
      COMMENT "Bundling the pages")
    file(MAKE_DIRECTORY ${work})
  else()
    configure_file(${source}/without_pages.c.in ${assets} COPYONLY)
  endif()
  target_sources(${room} PRIVATE ${assets})
endfunction()
