# Turns dist/ into a C++ source with the functions of files.h.
#   cmake -DDIST=DIR -DOUT=FILE.cc -DWORK=DIR -P embed.cmake     writes OUT
#   include()d with a target `apps`: adds the source to it, made anew whenever dist/ changes
# Bytes are written as numbers: it needs no assembler, and a build cache sees every change.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(web_dir ${CMAKE_SOURCE_DIR}/apps/web)
  set(web_source ${CMAKE_BINARY_DIR}/generated/apps/web/files.cc)
  file(GLOB_RECURSE web_dist CONFIGURE_DEPENDS ${web_dir}/dist/*)
  add_custom_command(
    OUTPUT ${web_source}
    COMMAND ${CMAKE_COMMAND} -DDIST=${web_dir}/dist -DOUT=${web_source}
            -DWORK=${CMAKE_BINARY_DIR}/generated/apps/web/gzip -P ${web_dir}/embed.cmake
    DEPENDS ${web_dir}/embed.cmake ${web_dist}
    COMMENT "the page into the program"
    VERBATIM)
  target_sources(apps PRIVATE ${web_source})
  return()
endif()

set(type_html "text/html; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_svg "image/svg+xml")
set(type_png "image/png")
set(type_webp "image/webp")
set(type_webmanifest "application/manifest+json")

# An array NAME with the bytes of FILE, appended to `arrays`; their number in BYTES. The time in a
# gzip header (RFC 1952, octets 4 to 7) becomes 0, "no time": the same dist/ gives the same program.
function(array name file bytes)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "^(1f8b08..)........" "\\100000000" hex "${hex}")
  string(LENGTH "${hex}" length)
  math(EXPR length "${length} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
  set(arrays "${arrays}const unsigned char ${name}[] = {${hex}0};\n" PARENT_SCOPE)
  set(${bytes} ${length} PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE files RELATIVE ${DIST} ${DIST}/*)
list(SORT files)
if(NOT files)
  message(FATAL_ERROR "${DIST} is empty: npm ci && npm run build in apps/web")
endif()
file(MAKE_DIRECTORY ${WORK})
set(arrays "")
set(table "")
set(i 0)
foreach(file ${files})
  get_filename_component(extension ${file} LAST_EXT)
  string(SUBSTRING "${extension}" 1 -1 extension)
  if(NOT DEFINED type_${extension})
    message(FATAL_ERROR "${file}: add the type of .${extension} to apps/web/embed.cmake")
  endif()
  file(SHA256 ${DIST}/${file} hash)
  string(SUBSTRING ${hash} 0 32 hash)
  set(immutable false)
  if(file MATCHES "^assets/.*-[A-Za-z0-9_-]+\\.[a-z0-9]+$")
    set(immutable true)
  endif()
  array(file_${i} ${DIST}/${file} bytes)
  file(ARCHIVE_CREATE OUTPUT ${WORK}/${i}.gz PATHS ${DIST}/${file} FORMAT raw COMPRESSION GZip
       COMPRESSION_LEVEL 9)
  set(packed "{}")
  file(SIZE ${WORK}/${i}.gz packed_bytes)
  if(packed_bytes LESS bytes)
    array(gzip_${i} ${WORK}/${i}.gz packed_bytes)
    set(packed "text(gzip_${i}, ${packed_bytes})")
  endif()
  string(APPEND table
         "    {\"/${file}\", \"${type_${extension}}\", \"${hash}\", text(file_${i}, ${bytes}), ${packed}, ${immutable}},\n")
  math(EXPR i "${i} + 1")
endforeach()
file(WRITE ${OUT} "// Made from apps/web/dist by apps/web/embed.cmake.
#include \"apps/web/files.h\"

namespace apps {
namespace {

${arrays}
std::string_view text(const unsigned char* bytes, size_t count) {
    return {reinterpret_cast<const char*>(bytes), count};
}

const WebFile kFiles[] = {
${table}};

}  // namespace

std::span<const WebFile> web_files() { return kFiles; }

}  // namespace apps
")
