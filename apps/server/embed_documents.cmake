# docs/openapi.json and docs/aozora.toml as functions (apps/server/openapi.h, core/config.h).
#   cmake -DROOT=DIR -DOUT=FILE.cc -P embed_documents.cmake
# Cut into pieces: a compiler need not take a string literal of more than 64 KiB.
function(literal file result)
  file(READ ${file} text)
  string(LENGTH "${text}" length)
  set(pieces "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "R\"AOZORA(${piece})AOZORA\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  set(${result} "${pieces}" PARENT_SCOPE)
endfunction()

literal(${ROOT}/docs/openapi.json openapi)
literal(${ROOT}/docs/aozora.toml config)
file(WRITE ${OUT} "#include \"apps/server/core/config.h\"
#include \"apps/server/openapi.h\"

namespace server {

std::string_view openapi_document() {
    static constexpr char kText[] = ${openapi};
    return {kText, sizeof kText - 1};
}

std::string_view config_example() {
    static constexpr char kText[] = ${config};
    return {kText, sizeof kText - 1};
}

}  // namespace server
")
