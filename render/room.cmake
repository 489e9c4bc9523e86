# Loops that base/cpu/kernel.h compiles per instruction set: full vectorisation, and fused
# multiply-add where the level has it (films are equal per level only, so contraction is no harm).
set_source_files_properties(
  render/denoise/atrous.cc render/integrate/light_kernel.cc
  PROPERTIES COMPILE_OPTIONS "-O3;-ffp-contract=fast;-fno-trapping-math;-fno-signed-zeros"
  SKIP_PRECOMPILE_HEADERS ON)
# Without the precompiled header: under the sanitizers' -O1 g++ 12 breaks down over one level in the
# header and another in the source.
set_source_files_properties(
  render/integrate/tracer.cc render/integrate/direct_light.cc render/scene/stage_geometry.cc
  render/denoise/film.cc render/style/lens.cc render/light/probe_grid.cc render/material/grain.cc
  PROPERTIES COMPILE_OPTIONS "-O3;-fno-trapping-math" SKIP_PRECOMPILE_HEADERS ON)
