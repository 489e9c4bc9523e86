// Everything that walks rows or elements: cuts the work and calls the kernels.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tensor/core/parallel.h"
#include "tensor/cpu/cpu.h"
#include "tensor/cpu/kernels.h"
#include "tensor/ops/row_map.h"

namespace tensor {
namespace {

constexpr int64_t kGrain = 1 << 15;  // elements below which a thread costs more than it gives

int64_t rows_grain(int64_t width) {
    return std::max<int64_t>(1, kGrain / std::max<int64_t>(width, 1));
}

const float* row_or_null(const Tensor& table, const RowMap& map, int64_t tokens, int64_t t) {
    if (!table.defined()) return nullptr;
    return table.f32() + row_of(map, table.dim(0), tokens, t) * table.dim(1);
}
const float* or_null(const Tensor& t) { return t.defined() ? t.f32() : nullptr; }

}  // namespace

void CpuBackend::activate(const Tensor& x, Activation kind, Tensor& y) {
    const float* in = x.f32();
    float* out = y.f32();
    parallel_for(x.elements(), kGrain, [&](int64_t begin, int64_t end) {
        kernels::activate(in + begin, out + begin, end - begin, kind);
    });
}

void CpuBackend::gated(const Tensor& gate, const Tensor& up, Activation kind, Tensor& y) {
    float* out = y.f32();
    parallel_for(gate.elements(), kGrain, [&](int64_t begin, int64_t end) {
        kernels::gated(gate.f32() + begin, up.f32() + begin, out + begin, end - begin, kind);
    });
}

void CpuBackend::axpby(float a, const Tensor& x, float b, const Tensor& y, Tensor& z) {
    float* out = z.f32();
    parallel_for(x.elements(), kGrain, [&](int64_t begin, int64_t end) {
        kernels::axpby(a, x.f32() + begin, b, y.f32() + begin, out + begin, end - begin);
    });
}

void CpuBackend::multiply(const Tensor& x, const Tensor& y, Tensor& z) {
    float* out = z.f32();
    parallel_for(x.elements(), kGrain, [&](int64_t begin, int64_t end) {
        kernels::multiply(x.f32() + begin, y.f32() + begin, out + begin, end - begin);
    });
}

void CpuBackend::affine(const Tensor& x, const Tensor& s, const Tensor& t, Tensor& y) {
    const int64_t width = x.dim(-1);
    float* out = y.f32();
    parallel_for(x.elements() / std::max<int64_t>(width, 1), rows_grain(width),
                 [&](int64_t begin, int64_t end) {
                     for (int64_t r = begin; r < end; ++r) {
                         kernels::affine(x.f32() + r * width, or_null(s), or_null(t),
                                         out + r * width, width);
                     }
                 });
}

void CpuBackend::gated_add(Tensor& x, const Tensor& gate, const RowMap& map, const Tensor& y) {
    const int64_t width = x.dim(2);
    float* out = x.f32();
    parallel_for(x.dim(0) * x.dim(1), rows_grain(width), [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; ++t) {
            kernels::gated_add(out + t * width, row_or_null(gate, map, x.dim(1), t),
                               y.f32() + t * width, width);
        }
    });
}

void CpuBackend::scale_heads(Tensor& x, const Tensor& g) {
    const int64_t width = x.dim(3);
    float* out = x.f32();
    parallel_for(x.shape().product(0, 3), rows_grain(width), [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) {
            kernels::axpby(g.f32()[r], out + r * width, 0.0f, out + r * width, out + r * width,
                           width);
        }
    });
}

void CpuBackend::rope(Tensor& x, const Tensor& cos, const Tensor& sin, RopeLayout layout) {
    const int64_t tokens = x.dim(1), heads = x.dim(2), half = x.dim(3) / 2;
    float* out = x.f32();
    parallel_for(x.dim(0) * tokens, rows_grain(heads * half * 2), [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; ++r) {
            const int64_t table_row = cos.dim(0) == 1 ? r % tokens : r;
            for (int64_t h = 0; h < heads; ++h) {
                const int64_t at = (table_row * cos.dim(2) + (cos.dim(2) == 1 ? 0 : h)) * half;
                float* row = out + (r * heads + h) * 2 * half;
                if (layout == RopeLayout::Halves) {
                    kernels::rope_halves(row, cos.f32() + at, sin.f32() + at, half);
                } else {
                    kernels::rope_pairs(row, cos.f32() + at, sin.f32() + at, half);
                }
            }
        }
    });
}

void CpuBackend::norm(const Tensor& x, const NormOptions& o, Tensor& y) {
    const int64_t width = x.dim(-1);
    const int64_t tokens = x.rank() == 3 ? x.dim(1) : 1;
    float* out = y.f32();
    parallel_for(
        x.elements() / std::max<int64_t>(width, 1), rows_grain(width),
        [&](int64_t begin, int64_t end) {
            for (int64_t t = begin; t < end; ++t) {
                const kernels::NormRow row = {
                    or_null(o.weight), or_null(o.bias),
                    row_or_null(o.modulation.scale, o.modulation.map, tokens, t),
                    row_or_null(o.modulation.shift, o.modulation.map, tokens, t)};
                kernels::norm_row(x.f32() + t * width, out + t * width, width, o.kind, o.eps, row);
                if (o.activation != Activation::None)
                    kernels::activate(out + t * width, out + t * width, width, o.activation);
            }
        });
}

void CpuBackend::modulate(const Tensor& x, const Modulation& m, Tensor& y) {
    const int64_t width = x.dim(2);
    float* out = y.f32();
    parallel_for(x.dim(0) * x.dim(1), rows_grain(width), [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; ++t) {
            kernels::modulate_row(x.f32() + t * width, row_or_null(m.scale, m.map, x.dim(1), t),
                                  row_or_null(m.shift, m.map, x.dim(1), t), out + t * width, width);
        }
    });
}

namespace {

// Moments of every channel of one batch entry [positions, channels] in one pass, about `centre`:
// the mean of 64 samples lies close enough to the mean of all that nothing cancels.
struct ChannelMoments {
    std::vector<float> centre;
    std::vector<double> sum, squares;
};
std::vector<float> sampled_mean(const float* x, int64_t positions, int64_t channels) {
    const int64_t samples = std::min<int64_t>(positions, 64);
    std::vector<float> mean(static_cast<size_t>(channels), 0.0f);
    for (int64_t i = 0; i < samples; ++i) {
        const float* row = x + i * positions / samples * channels;
        kernels::axpby(1.0f, mean.data(), 1.0f / static_cast<float>(samples), row, mean.data(),
                       channels);
    }
    return mean;
}
ChannelMoments moments_of(const float* x, int64_t positions, int64_t channels) {
    constexpr int64_t kPositions = 1024;  // of a piece
    const int64_t pieces = (positions + kPositions - 1) / kPositions;
    const auto n = static_cast<size_t>(channels);
    ChannelMoments m{sampled_mean(x, positions, channels), std::vector<double>(n, 0.0),
                     std::vector<double>(n, 0.0)};
    std::vector<double> parts(static_cast<size_t>(pieces) * 2 * n, 0.0);
    parallel_for(pieces, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            double* part = parts.data() + i * 2 * channels;
            const int64_t rows = std::min(kPositions, positions - i * kPositions);
            kernels::column_moments(x + i * kPositions * channels, rows, channels, m.centre.data(),
                                    part, part + channels);
        }
    });
    for (size_t i = 0; i < static_cast<size_t>(pieces); ++i) {
        for (size_t c = 0; c < n; ++c) {
            m.sum[c] += parts[2 * i * n + c];
            m.squares[c] += parts[(2 * i + 1) * n + c];
        }
    }
    return m;
}

}  // namespace

void CpuBackend::group_norm(const Tensor& x, int groups, float eps, const Tensor& weight,
                            const Tensor& bias, Tensor& y) {
    const int64_t channels = x.dim(-1), each = channels / groups;
    const int64_t positions = x.shape().product(1, x.rank() - 1);
    if (x.elements() == 0) return;
    for (int64_t b = 0; b < x.dim(0); ++b) {
        const float* in = x.f32() + b * positions * channels;
        float* out = y.f32() + b * positions * channels;
        const ChannelMoments m = moments_of(in, positions, channels);
        std::vector<float> centre(static_cast<size_t>(channels)), factor(centre);
        const auto n = static_cast<double>(positions);
        for (int64_t g = 0; g < channels; g += each) {
            double mean = 0, squares = 0;
            for (size_t c = static_cast<size_t>(g); c < static_cast<size_t>(g + each); ++c)
                mean += m.sum[c] / n + double{m.centre[c]};
            mean /= static_cast<double>(each);
            for (size_t c = static_cast<size_t>(g); c < static_cast<size_t>(g + each); ++c) {
                // Moved from the channel's centre to the group's mean.
                const double move = mean - double{m.centre[c]};
                squares += m.squares[c] - 2 * move * m.sum[c] + n * move * move;
            }
            const double variance = std::max(squares / (n * static_cast<double>(each)), 0.0);
            for (int64_t c = g; c < g + each; ++c) {
                const auto i = static_cast<size_t>(c);
                centre[i] = static_cast<float>(mean);
                factor[i] = static_cast<float>(double{weight.f32()[c]} / std::sqrt(variance + eps));
            }
        }
        parallel_for(positions, rows_grain(channels), [&](int64_t begin, int64_t end) {
            for (int64_t p = begin; p < end; ++p) {
                kernels::centre_row(in + p * channels, centre.data(), factor.data(), bias.f32(),
                                    out + p * channels, channels);
            }
        });
    }
}

Backend& cpu_backend() {
    static CpuBackend backend;
    return backend;
}

}  // namespace tensor
