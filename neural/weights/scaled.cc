#include "neural/weights/scaled.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "tensor/core/encoding.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Shape;
using tensor::Tensor;

// code * scale, one scale for every rows x columns of a matrix.
class ScaledCodes final : public tensor::Encoding {
public:
    ScaledCodes(Tensor codes, Tensor scales, int64_t rows, int64_t columns)
        : codes_(std::move(codes)), scales_(std::move(scales)), rows_(rows), columns_(columns) {}

    void widen(int64_t first, int64_t count, float* target) const override {
        const int64_t width = codes_.dim(1);
        const int64_t per_row = (width + columns_ - 1) / columns_;
        std::vector<float> scales(static_cast<size_t>(per_row));
        codes_.widen_into(first, count, target);
        int64_t held = -1;
        for (int64_t at = first; at < first + count;) {
            const int64_t row = at / width, column = at % width;
            if (row / rows_ != held) {
                held = row / rows_;
                scales_.widen_into(held * per_row, per_row, scales.data());
            }
            const int64_t end =
                std::min({width, (column / columns_ + 1) * columns_, column + first + count - at});
            const float scale = scales[static_cast<size_t>(column / columns_)];
            for (int64_t c = column; c < end; ++c) target[at - first + c - column] *= scale;
            at += end - column;
        }
    }

private:
    Tensor codes_, scales_;
    int64_t rows_, columns_;
};

constexpr int64_t kNvfp4Block = 16;
// 1 sign, 2 exponent (bias 1), 1 mantissa bit: OCP microscaling formats, FP4 E2M1.
constexpr std::array<float, 16> kE2m1 = {0,  0.5f,  1,  1.5f,  2,  3,  4,  6,
                                         -0, -0.5f, -1, -1.5f, -2, -3, -4, -6};

class Nvfp4 final : public tensor::Encoding {
public:
    Nvfp4(Tensor codes, Tensor scales, Tensor global, bool tiled)
        : codes_(std::move(codes)),
          scales_(std::move(scales)),
          global_(std::move(global)),
          tiled_(tiled) {}

    void widen(int64_t first, int64_t count, float* target) const override {
        float global = 0;
        global_.widen_into(0, 1, &global);
        const int64_t width = codes_.dim(1) * 2, per_row = width / kNvfp4Block;
        const auto* codes = reinterpret_cast<const uint8_t*>(codes_.raw());
        const auto* scales = reinterpret_cast<const uint8_t*>(scales_.raw());
        for (int64_t at = first; at < first + count;) {
            const int64_t row = at / width, column = at % width, block = column / kNvfp4Block;
            const int64_t end = std::min((block + 1) * kNvfp4Block, column + first + count - at);
            const int64_t place = tiled_ ? tile_place(row, block, per_row) : row * per_row + block;
            const float scale = tensor::f8e4m3_to_f32(scales[place]) * global;
            for (int64_t c = column; c < end; ++c, ++at) {
                const uint8_t pair = codes[(row * width + c) / 2];
                const bool high = (c % 2 == 1) != tiled_;
                target[at - first] =
                    kE2m1[static_cast<size_t>(high ? pair >> 4 : pair & 15)] * scale;
            }
        }
    }

    // cuBLAS, "1D block scaling factors layout": tiles of 128 rows and 4 scales, 512 bytes each.
    static int64_t tile_place(int64_t row, int64_t block, int64_t per_row) {
        const int64_t tile = row / 128 * ((per_row + 3) / 4) + block / 4;
        return tile * 512 + row % 32 * 16 + row % 128 / 32 * 4 + block % 4;
    }

private:
    Tensor codes_, scales_, global_;
    bool tiled_;
};

class Scaled final : public TensorSource {
public:
    explicit Scaled(std::shared_ptr<TensorSource> raw) : raw_(std::move(raw)) {
        for (std::string& name : raw_->names()) names_.insert(std::move(name));
    }

    std::string where() const override { return raw_->where(); }
    std::vector<std::string> names() const override { return {names_.begin(), names_.end()}; }
    std::optional<TensorInfo> info(const std::string& name, const Shape& wanted) const override {
        if (!names_.contains(name)) return std::nullopt;
        const auto found = scaled_.find(name);
        if (found != scaled_.end()) return TensorInfo{DType::Encoded, found->second.tensor.shape()};
        return raw_->info(name, wanted);
    }
    base::Result<Tensor> load(const std::string& name, const Shape& wanted) const override {
        if (!names_.contains(name)) return base::failed("has no tensor " + name, where());
        const auto found = scaled_.find(name);
        if (found != scaled_.end()) return found->second.tensor;
        return raw_->load(name, wanted);
    }
    std::vector<std::span<const std::byte>> memory_of(const std::string& name) const override {
        auto memory = raw_->memory_of(name);
        if (const auto found = scaled_.find(name); found != scaled_.end()) {
            for (const std::string& scale : found->second.scales) {
                const auto more = raw_->memory_of(scale);
                memory.insert(memory.end(), more.begin(), more.end());
            }
        }
        return memory;
    }
    std::string metadata(const std::string& key) const override { return raw_->metadata(key); }
    std::vector<std::string> metadata_keys() const override { return raw_->metadata_keys(); }

    bool empty() const { return scaled_.empty(); }

    base::Status find_scales() {
        const std::set<std::string> all = names_;
        for (const std::string& name : all) {
            if (name == "scaled_fp8" || name.ends_with(".scaled_fp8")) names_.erase(name);
            if (!name.ends_with(".weight")) continue;
            const std::string stem = name.substr(0, name.size() - 6);  // with its dot
            for (const char* scale : {"weight_scale", "scale_weight", "weight_scale_inv"}) {
                if (all.contains(stem + scale)) {
                    TRY(add(name, stem, stem + scale));
                    break;
                }
            }
        }
        return {};
    }

private:
    struct Weight {
        Tensor tensor;
        std::vector<std::string> scales;
    };

    base::Error wrong(const std::string& name, const std::string& what) const {
        return base::failed("tensor " + name + " " + what, where());
    }

    base::Status add(const std::string& name, const std::string& stem, const std::string& scale) {
        const Tensor codes = TRY(raw_->load(name, {}));
        const Tensor scales = TRY(raw_->load(scale, {}));
        if (codes.rank() != 2 || codes.elements() == 0)
            return wrong(name, "is " + codes.shape().text() + " and has a scale; only matrices do");
        Weight weight;
        weight.scales = {scale};
        if (codes.dtype() == DType::U8) {
            TRY(add_nvfp4(name, stem, codes, scales, weight));
        } else {
            const bool known = codes.dtype() == DType::F8E4M3 || codes.dtype() == DType::I8;
            const DType type = scales.dtype();
            if (!known || (type != DType::F32 && type != DType::BF16 && type != DType::F16))
                return wrong(name, "is " + std::string(tensor::dtype_name(codes.dtype())) +
                                       " with a scale of " + std::string(tensor::dtype_name(type)) +
                                       ", a form that is not read here");
            const int64_t n = codes.dim(0), k = codes.dim(1);
            int64_t grid_rows = 1, grid_columns = 1;
            if (scales.elements() != 1) {
                grid_rows = scales.rank() >= 1 ? scales.dim(0) : 0;
                grid_columns = scales.rank() == 2 ? scales.dim(1) : 1;
            }
            const bool fits = scales.rank() <= 2 && grid_rows >= 1 && grid_columns >= 1 &&
                              grid_rows <= n && grid_columns <= k;
            const int64_t rows = fits ? (n + grid_rows - 1) / grid_rows : 1;
            const int64_t columns = fits ? (k + grid_columns - 1) / grid_columns : 1;
            if (!fits || (n + rows - 1) / rows != grid_rows ||
                (k + columns - 1) / columns != grid_columns) {
                return wrong(scale, "is " + scales.shape().text() + ", which does not divide " +
                                        name + " " + codes.shape().text());
            }
            weight.tensor =
                Tensor(codes.shape(), std::make_shared<ScaledCodes>(codes, scales, rows, columns));
        }
        for (const std::string& used : weight.scales) names_.erase(used);
        for (const char* beside : {"input_scale", "scale_input", "comfy_quant"})
            names_.erase(stem + beside);
        scaled_.emplace(name, std::move(weight));
        return {};
    }

    base::Status add_nvfp4(const std::string& name, const std::string& stem, const Tensor& codes,
                           const Tensor& scales, Weight& weight) {
        const std::string global_name = stem + "weight_scale_2";
        if (!raw_->info(global_name, {}))
            return wrong(name, "is u8 with a scale but without " + global_name);
        const Tensor global = TRY(raw_->load(global_name, {}));
        if (global.dtype() != DType::F32 || global.elements() != 1)
            return wrong(global_name, "must be one f32");
        const bool tiled = raw_->info(stem + "comfy_quant", {}).has_value();
        const int64_t n = codes.dim(0), k = codes.dim(1) * 2, per_row = k / kNvfp4Block;
        const int64_t wanted = tiled ? (n + 127) / 128 * ((per_row + 3) / 4) * 512 : n * per_row;
        if (k % kNvfp4Block != 0 || scales.dtype() != DType::F8E4M3 || scales.elements() != wanted)
            return wrong(weight.scales[0], "is " + std::string(tensor::dtype_name(scales.dtype())) +
                                               " " + scales.shape().text() + ", NVFP4 codes " +
                                               codes.shape().text() + " need " +
                                               std::to_string(wanted) + " scales of e4m3");
        weight.scales.push_back(global_name);
        weight.tensor = Tensor(Shape{n, k}, std::make_shared<Nvfp4>(codes, scales, global, tiled));
        return {};
    }

    std::shared_ptr<TensorSource> raw_;
    std::set<std::string> names_;
    std::map<std::string, Weight> scaled_;
};

}  // namespace

base::Result<std::shared_ptr<TensorSource>> with_scales(std::shared_ptr<TensorSource> source) {
    auto scaled = std::make_shared<Scaled>(source);
    TRY(scaled->find_scales());
    if (scaled->empty()) return source;
    return std::shared_ptr<TensorSource>(scaled);
}

}  // namespace neural
