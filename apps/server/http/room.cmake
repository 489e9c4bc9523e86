# Asio's and Beast's non-template code is compiled once, in boost.cc. PUBLIC: whoever includes Boost
# beside this room must say the same.
target_compile_definitions(http PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Clang 14 cannot put this check into the parts that it splits coroutines into.
  target_compile_options(http PRIVATE -fno-sanitize=function)
endif()

# Parsers, routing and heads of answers without sockets, for the fuzzers.
if(AOZORA_FUZZ)
  set(wire)
  foreach(name boost body conditional http_date message multipart range request_id request_parser
               response_head router target upload)
    list(APPEND wire apps/server/http/${name}.cc)
  endforeach()
  add_library(aozora_wire STATIC EXCLUDE_FROM_ALL ${wire})
  target_link_libraries(aozora_wire PUBLIC base OpenSSL::SSL Boost::headers)
  target_compile_definitions(aozora_wire PUBLIC $<TARGET_PROPERTY:http,INTERFACE_COMPILE_DEFINITIONS>)
  target_compile_options(aozora_wire PRIVATE $<TARGET_PROPERTY:http,COMPILE_OPTIONS>)
  aozora_precompile(aozora_wire)
endif()
