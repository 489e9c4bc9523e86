// How fast this machine's arithmetic units are when nothing else stands in the way: the measure
// that kernels are held against. A core that has an instruction need not be fast at it: bf16 dot
// products run at half the speed of f32 on some.
#pragma once

#include <string>

namespace tensor {

// Operations (a multiply and an add are two) per second and core, in 10^9. 0: the level (base::isa)
// has no such instruction.
struct Ceiling {
    double f32 = 0;   // fused multiply-add; multiply and add where the level has none
    double int8 = 0;  // 8-bit products summed in 32 bits: vpdpbusd, else vpmaddubsw + vpmaddwd
    double bf16 = 0;  // vdpbf16ps
    double f16 = 0;   // vfmadd231ph
};

// Measures anew: about 10 ms of processor time, best of five.
Ceiling measure_ceiling();
// Measured at the first call and kept. Thread-safe.
const Ceiling& ceiling();
std::string describe(const Ceiling& c);  // "f32 128, int8 250 Gop/s a core"

}  // namespace tensor
