// One estimate out of several: away from what the net says without the prompt, with perturbed
// attention, and with the streams apart.
#pragma once

#include "tensor/core/tensor.h"

namespace neural::sampler {

struct GuidanceScales {
    double text = 1.0;       // classifier-free guidance (Ho & Salimans 2022); 1: off
    double perturbed = 0.0;  // spatio-temporal guidance (Hyung et al. 2024); 0: off
    double modality = 1.0;   // between the streams; 1: off
    // Share of the estimate's spread that is set back to the unguided one's (Lin et al. 2023); 0:
    // off.
    double rescale = 0.0;

    bool uses_text() const { return text != 1.0; }
    bool uses_perturbed() const { return perturbed != 0.0; }
    bool uses_modality() const { return modality != 1.0; }
};

// Estimates of the clean latent [B,..]; those whose scale is off may be undefined:
//   p = c + (text - 1)(c - uncond) + perturbed (c - perturbed) + (modality - 1)(c - modality),
// then p (rescale std(c) / std(p) + 1 - rescale), the unbiased deviations taken per sample.
tensor::Tensor guide(const tensor::Tensor& cond, const tensor::Tensor& uncond,
                     const tensor::Tensor& perturbed, const tensor::Tensor& modality,
                     const GuidanceScales& scales);

}  // namespace neural::sampler
