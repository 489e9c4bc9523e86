// The second-order exponential step "res_2s" for rectified flow, with fresh noise after both
// stages (Zhang et al. 2023, "Improved order analysis and design of exponential integrator";
// constants as in the notes 2.12). Unproven against the reference implementation: there are no
// vectors for it; the test compares with a twin in double.
//
//   h = ln(sigma / next), phi1(z) = (e^z - 1)/z, phi2(z) = (phi1(z) - 1)/z
//   middle  = x + h a (clean1 - x),                        a  = phi1(-h/2)/2
//   at next = x + h (b1 (clean1 - x) + b2 (clean2 - x)),   b2 = 2 phi2(-h), b1 = phi1(-h) - b2
#pragma once

#include "tensor/core/tensor.h"

namespace neural::sampler {

constexpr double kRes2sEta = 0.5;
// Where the table ends with 0, the vendor puts this level before it.
constexpr double kRes2sLast = 0.0011;

double res_2s_middle(double sigma, double next);  // sqrt(sigma next)

struct Res2sMiddle {
    tensor::Tensor x;       // at the middle level: where the net is asked again
    tensor::Tensor anchor;  // from where the whole step starts
};

// First stage. noise [same shape], normalised per channel; undefined or eta 0: deterministic. For
// short steps (h < 0.5, sigma > 0.03) the anchor is moved so that the noised middle lies on its
// path. The reference iterates a <- middle - g (clean1 - a) a hundred times, g = 1 - e^(-h/2) <
// 0.23; we take the fixed point (middle - g clean1) / (1 - g).
Res2sMiddle res_2s_first(const tensor::Tensor& x, const tensor::Tensor& clean1, double sigma,
                         double next, double eta, const tensor::Tensor& noise);

// Second stage; next > 0.
tensor::Tensor res_2s_second(const Res2sMiddle& middle, const tensor::Tensor& clean1,
                             const tensor::Tensor& clean2, double sigma, double next, double eta,
                             const tensor::Tensor& noise);

// Noise [.., C] with mean 0 and deviation 1 per batch entry and channel.
tensor::Tensor normalised_per_channel(const tensor::Tensor& noise);

}  // namespace neural::sampler
