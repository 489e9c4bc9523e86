# Kernels that base/cpu/kernel.h compiles per instruction set: full vectorisation, and fused
# multiply-add where the level has it.
set(kernel_flags -O3 -ffp-contract=fast -fno-trapping-math -fno-signed-zeros)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND kernel_flags -mprefer-vector-width=512)
endif()
set_source_files_properties(
  tensor/core/blocks.cc
  tensor/cpu/audio.cc
  tensor/cpu/ceiling.cc
  tensor/cpu/flash.cc
  tensor/cpu/flash_int.cc
  tensor/cpu/int8.cc
  tensor/cpu/kernels.cc
  tensor/cpu/panel.cc
  tensor/cpu/products.cc
  tensor/cpu/winograd_tile.cc
  PROPERTIES COMPILE_OPTIONS "${kernel_flags}" SKIP_PRECOMPILE_HEADERS ON)

# The CUDA kernels, where nvcc is. Without it the backend says so at run time; nothing of CUDA is
# linked either way.
find_program(AOZORA_NVCC nvcc HINTS $ENV{CUDA_HOME}/bin /usr/local/cuda/bin
  DOC "Compiles tensor/cuda/kernels.cu; empty: no GPU kernels")
set(cuda_image ${CMAKE_BINARY_DIR}/generated/tensor_cuda_image.cc)
set(cuda_binary "")
if(AOZORA_NVCC)
  set(cuda_binary ${CMAKE_BINARY_DIR}/generated/tensor_cuda_kernels.fatbin)
  # Ampere and Hopper as machine code, anything newer from PTX.
  add_custom_command(OUTPUT ${cuda_binary}
    COMMAND ${AOZORA_NVCC} -std=c++17 -O3 --fatbin -gencode arch=compute_80,code=sm_80
      -gencode arch=compute_90,code=sm_90 -gencode arch=compute_90,code=compute_90
      -o ${cuda_binary} ${CMAKE_SOURCE_DIR}/tensor/cuda/kernels.cu
    DEPENDS ${CMAKE_SOURCE_DIR}/tensor/cuda/kernels.cu
    COMMENT "Compiling CUDA kernels" VERBATIM)
endif()
add_custom_command(OUTPUT ${cuda_image}
  COMMAND ${CMAKE_COMMAND} -DBINARY=${cuda_binary} -DOUTPUT=${cuda_image}
    -P ${CMAKE_SOURCE_DIR}/tensor/cuda/image.cmake
  DEPENDS ${cuda_binary} ${CMAKE_SOURCE_DIR}/tensor/cuda/image.cmake VERBATIM)
target_sources(tensor PRIVATE ${cuda_image})
target_link_libraries(tensor PUBLIC ${CMAKE_DL_LIBS})
