# Headers of the standard library that nearly every source includes, read once per target: a third
# of what compiling costs (docs/decisions/build-time.md). Sources still include what they use: with
# ccache, which does not know precompiled headers from one build to the next, and in tools/cross.sh
# nothing is precompiled. A source whose flags change the language (COMPILE_OPTIONS with -f or -m) needs
# SKIP_PRECOMPILE_HEADERS.
if(CCACHE OR AOZORA_WERROR)
  set(precompile OFF)
else()
  set(precompile ON)
endif()
option(AOZORA_PRECOMPILE "Precompile the standard library's headers" ${precompile})

# aozora_precompile(target [more headers...])
function(aozora_precompile target)
  if(AOZORA_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <cmath> <functional> <memory> <optional> <span> <string> <variant> <vector> ${ARGN})
    # From a precompiled header g++ 12 gives the false warnings about joined strings (GCC's bug
    # 105651) that it keeps to itself where it sees the library's own file. Builds without show ours.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -Wno-restrict -Wno-stringop-overflow
                             -Wno-stringop-overread -Wno-array-bounds)
    endif()
  endif()
endfunction()
