#include "neural/sampler/res_2s.h"

#include <cmath>

#include "base/core/check.h"
#include "tensor/core/parallel.h"

namespace neural::sampler {

using tensor::Tensor;

namespace {

double phi1(double z) { return z == 0 ? 1.0 : std::expm1(z) / z; }
// Near 0 the quotient loses its digits to cancellation; its series does not.
double phi2(double z) {
    if (std::abs(z) < 1e-2) return 0.5 + z / 6 + z * z / 24 + z * z * z / 120 + z * z * z * z / 720;
    return (phi1(z) - 1) / z;
}

// How a state that reached level `to` from `from` is lowered and noised again.
struct Renoise {
    bool active = false;
    double scale = 1, down = 0, up = 0;
};

Renoise renoise(double to, double eta, const Tensor& noise) {
    Renoise r;
    if (!(eta > 0) || !noise.defined() || !(to > 0)) return r;
    r.active = true;
    r.up = to * eta;
    const double rest = std::sqrt(to * to - r.up * r.up);
    r.scale = (1 - to) + rest;
    r.down = rest / r.scale;
    return r;
}

// y at level `to` on the line from x at level `from`.
double apply(const Renoise& r, double x, double y, double from, double to, double noise) {
    if (!r.active) return y;
    const double slope = (x - y) / (from - to);
    const double clean = x - from * slope;
    return r.scale * (clean + r.down * slope) + r.up * noise;
}

template <typename F>
void each(int64_t n, F f) {
    tensor::parallel_for(n, 1 << 14, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) f(i);
    });
}

}  // namespace

double res_2s_middle(double sigma, double next) { return std::sqrt(sigma * next); }

Res2sMiddle res_2s_first(const Tensor& x, const Tensor& clean1, double sigma, double next,
                         double eta, const Tensor& noise) {
    CHECK(sigma > next && next > 0 && clean1.shape() == x.shape(),
          "a step down to a level above 0");
    const double h = std::log(sigma / next), middle = res_2s_middle(sigma, next);
    const double g = h * 0.5 * phi1(-h * 0.5);
    const Renoise r = renoise(middle, eta, noise);
    const bool moves = r.active && h < 0.5 && sigma > 0.03;
    Res2sMiddle out{Tensor(x.shape()), moves ? Tensor(x.shape()) : x};
    float* at = out.x.f32();
    float* anchor = out.anchor.f32();
    each(x.elements(), [&](int64_t i) {
        const double start = x.f32()[i], c = clean1.f32()[i];
        const double m = apply(r, start, start + g * (c - start), sigma, middle,
                               r.active ? noise.f32()[i] : 0.0);
        at[i] = static_cast<float>(m);
        if (moves) anchor[i] = static_cast<float>((m - g * c) / (1 - g));
    });
    return out;
}

Tensor res_2s_second(const Res2sMiddle& middle, const Tensor& clean1, const Tensor& clean2,
                     double sigma, double next, double eta, const Tensor& noise) {
    CHECK(sigma > next && next > 0, "a step down to a level above 0");
    const double h = std::log(sigma / next);
    const double b2 = phi2(-h) / 0.5, b1 = phi1(-h) - b2;
    const Renoise r = renoise(next, eta, noise);
    Tensor out(middle.anchor.shape());
    float* target = out.f32();
    each(out.elements(), [&](int64_t i) {
        const double a = middle.anchor.f32()[i];
        const double y = a + h * (b1 * (clean1.f32()[i] - a) + b2 * (clean2.f32()[i] - a));
        target[i] =
            static_cast<float>(apply(r, a, y, sigma, next, r.active ? noise.f32()[i] : 0.0));
    });
    return out;
}

Tensor normalised_per_channel(const Tensor& noise) {
    const int64_t C = noise.dim(-1), B = noise.rank() > 1 ? noise.dim(0) : 1;
    const int64_t rows = noise.elements() / (B * C);
    if (rows < 2) return noise;
    Tensor out(noise.shape());
    float* target = out.f32();
    each(B * C, [&](int64_t i) {
        const int64_t first = i / C * rows * C + i % C;
        double sum = 0, squares = 0;
        for (int64_t r = 0; r < rows; ++r) sum += noise.f32()[first + r * C];
        const double mean = sum / static_cast<double>(rows);
        for (int64_t r = 0; r < rows; ++r) {
            const double d = noise.f32()[first + r * C] - mean;
            squares += d * d;
        }
        const double deviation = std::sqrt(squares / static_cast<double>(rows - 1));
        for (int64_t r = 0; r < rows; ++r) {
            const int64_t at = first + r * C;
            target[at] =
                static_cast<float>((noise.f32()[at] - mean) / (deviation > 0 ? deviation : 1.0));
        }
    });
    return out;
}

}  // namespace neural::sampler
