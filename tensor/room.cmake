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
  tensor/cpu/int8.cc
  tensor/cpu/kernels.cc
  tensor/cpu/panel.cc
  tensor/cpu/products.cc
  PROPERTIES COMPILE_OPTIONS "${kernel_flags}")
