# Asio's and Beast's non-template code is compiled once, in boost.cc. PUBLIC: whoever includes Boost
# beside this room must say the same.
target_compile_definitions(http PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Clang 14 cannot put this check into the parts that it splits coroutines into.
  target_compile_options(http PRIVATE -fno-sanitize=function)
endif()
