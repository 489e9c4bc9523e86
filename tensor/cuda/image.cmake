# cmake -DBINARY=file|"" -DOUTPUT=image.cc -P image.cmake: writes the bytes as C++.
set(bytes "0")
set(count 0)
if(BINARY)
  file(READ "${BINARY}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR count "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
endif()
file(WRITE "${OUTPUT}" "#include \"tensor/cuda/image.h\"
namespace tensor::cuda {
alignas(16) const unsigned char kImage[] = {${bytes}};
const size_t kImageBytes = ${count};
}  // namespace tensor::cuda
")
