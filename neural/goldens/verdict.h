// Runs a case in f32 and judges it by the file's own tolerance.
#pragma once

#include <string>

#include "neural/goldens/components.h"

namespace neural::goldens {

struct Verdict {
    std::string id, component;
    double max_abs =
        0;  // largest |got - want| over all outputs; infinite where an output is missing
    double max_rel = 0;   // the same over the largest |want| of its output
    bool ok = false;      // |got - want| <= stats[out].atol for every element of every out.*
    std::string problem;  // why not, for a person
    Outputs outputs;
};

// Never fails: what cannot be read or run is a verdict that is not ok.
Verdict judge(const std::string& path);

}  // namespace neural::goldens
