#include "tensor/cpu/host.h"

#include <cstring>
#include <vector>

#include "base/core/check.h"
#include "tensor/core/parallel.h"

namespace tensor {
namespace {

constexpr int64_t kGrainBytes = 1 << 16;  // below this a thread costs more than the copy

size_t element_bytes(const Tensor& x) {
    CHECK(block_elements(x.dtype()) == 1, "whole elements");
    return block_bytes(x.dtype());
}

// Copies runs of `run` bytes; from(i) and to(i) give the byte offsets of run i.
template <typename From, typename To>
void copy_runs(int64_t count, size_t run, const Tensor& x, Tensor& y, From from, To to) {
    const int64_t grain =
        std::max<int64_t>(1, kGrainBytes / std::max<int64_t>(1, static_cast<int64_t>(run)));
    parallel_for(count, grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) std::memcpy(y.raw() + to(i), x.raw() + from(i), run);
    });
}

template <typename T>
void permute_elements(const Tensor& x, std::span<const int64_t> dims,
                      std::span<const int64_t> strides, Tensor& y) {
    const int rank = static_cast<int>(dims.size());
    const int64_t inner = dims[rank - 1], step = strides[rank - 1];
    const int64_t rows = inner == 0 ? 0 : y.elements() / inner;
    const auto* from = reinterpret_cast<const T*>(x.raw());
    auto* to = reinterpret_cast<T*>(y.raw());
    parallel_for(rows, std::max<int64_t>(1, 8192 / std::max<int64_t>(inner, 1)),
                 [&](int64_t begin, int64_t end) {
                     for (int64_t r = begin; r < end; ++r) {
                         int64_t offset = 0, rest = r;
                         for (int a = rank - 2; a >= 0; --a) {
                             offset += rest % dims[a] * strides[a];
                             rest /= dims[a];
                         }
                         T* row = to + r * inner;
                         const T* base = from + offset;
                         for (int64_t i = 0; i < inner; ++i) row[i] = base[i * step];
                     }
                 });
}

}  // namespace

void HostBackend::permute(const Tensor& x, std::span<const int> axes, Tensor& y) {
    // Axes that stay neighbours are moved as one, and a shared innermost run by memcpy.
    const int rank = x.rank();
    std::vector<int64_t> stride(rank, 1);
    for (int i = rank - 2; i >= 0; --i) stride[i] = stride[i + 1] * x.dim(i + 1);
    std::vector<int64_t> dims, steps;
    for (int i = 0; i < rank; ++i) {
        const int a = axes[i];
        if (x.dim(a) == 1) continue;
        if (!dims.empty() && steps.back() == stride[a] * x.dim(a)) {
            dims.back() *= x.dim(a);
            steps.back() = stride[a];
        } else {
            dims.push_back(x.dim(a));
            steps.push_back(stride[a]);
        }
    }
    if (dims.empty()) {
        dims = {1};
        steps = {1};
    }
    const size_t unit = element_bytes(x);
    if (steps.back() == 1 && dims.size() > 1) {
        const int64_t run = dims.back();
        const int outer = static_cast<int>(dims.size()) - 1;
        copy_runs(
            run == 0 ? 0 : y.elements() / run, static_cast<size_t>(run) * unit, x, y,
            [&](int64_t i) {
                int64_t offset = 0;
                for (int a = outer - 1; a >= 0; --a) {
                    offset += i % dims[a] * steps[a];
                    i /= dims[a];
                }
                return static_cast<size_t>(offset) * unit;
            },
            [&](int64_t i) { return static_cast<size_t>(i * run) * unit; });
        return;
    }
    switch (unit) {
        case 1: permute_elements<uint8_t>(x, dims, steps, y); break;
        case 2: permute_elements<uint16_t>(x, dims, steps, y); break;
        case 4: permute_elements<uint32_t>(x, dims, steps, y); break;
        default: permute_elements<uint64_t>(x, dims, steps, y);
    }
}

void HostBackend::concat(std::span<const Tensor> parts, int axis, Tensor& y) {
    const size_t unit = element_bytes(y);
    const int64_t outer = y.shape().product(0, axis);
    const size_t whole = static_cast<size_t>(y.shape().product(axis, y.rank())) * unit;
    size_t offset = 0;
    for (const Tensor& p : parts) {
        const size_t run = static_cast<size_t>(p.shape().product(axis, p.rank())) * unit;
        copy_runs(
            outer, run, p, y, [&](int64_t i) { return static_cast<size_t>(i) * run; },
            [&](int64_t i) { return static_cast<size_t>(i) * whole + offset; });
        offset += run;
    }
}

void HostBackend::slice(const Tensor& x, int axis, int64_t begin, Tensor& y) {
    const size_t unit = element_bytes(x);
    const size_t inner = static_cast<size_t>(x.shape().product(axis + 1, x.rank())) * unit;
    const size_t whole = inner * static_cast<size_t>(x.dim(axis));
    const size_t run = inner * static_cast<size_t>(y.dim(axis));
    copy_runs(
        x.shape().product(0, axis), run, x, y,
        [&](int64_t i) {
            return static_cast<size_t>(i) * whole + static_cast<size_t>(begin) * inner;
        },
        [&](int64_t i) { return static_cast<size_t>(i) * run; });
}

void HostBackend::pad(const Tensor& x, int axis, int64_t before, int64_t, PadMode mode, Tensor& y) {
    const size_t unit = element_bytes(x);
    const size_t inner = static_cast<size_t>(x.shape().product(axis + 1, x.rank())) * unit;
    const int64_t from_size = x.dim(axis), to_size = y.dim(axis);
    const int64_t outer = x.shape().product(0, axis);
    const int64_t grain =
        std::max<int64_t>(1, kGrainBytes / std::max<int64_t>(1, static_cast<int64_t>(inner)));
    parallel_for(outer * to_size, grain, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            int64_t at = i % to_size - before;
            std::byte* target = y.raw() + static_cast<size_t>(i) * inner;
            if (at < 0 || at >= from_size) {
                if (mode == PadMode::Zero) {
                    std::memset(target, 0, inner);
                    continue;
                }
                if (mode == PadMode::Replicate) {
                    at = at < 0 ? 0 : from_size - 1;
                } else {
                    at = at < 0 ? -at : 2 * (from_size - 1) - at;
                }
            }
            std::memcpy(target, x.raw() + static_cast<size_t>(i / to_size * from_size + at) * inner,
                        inner);
        }
    });
}

void HostBackend::repeat(const Tensor& x, int axis, int64_t factor, Tensor& y) {
    const size_t inner =
        static_cast<size_t>(x.shape().product(axis + 1, x.rank())) * element_bytes(x);
    copy_runs(
        y.shape().product(0, axis + 1), inner, x, y,
        [&](int64_t i) { return static_cast<size_t>(i / factor) * inner; },
        [&](int64_t i) { return static_cast<size_t>(i) * inner; });
}

void HostBackend::gather_rows(const Tensor& table, const Tensor& ids, Tensor& y) {
    const int64_t width = table.shape().product(1, table.rank());
    parallel_for(ids.elements(), 16, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            table.widen_into(ids.i32()[i] * width, width, y.f32() + i * width);
        }
    });
}

}  // namespace tensor
