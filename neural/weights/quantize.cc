#include "neural/weights/quantize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>
#include <vector>

#include "neural/weights/gguf.h"
#include "neural/weights/mapped_file.h"
#include "tensor/core/parallel.h"

namespace neural {
namespace {

using tensor::DType;
using tensor::Tensor;

constexpr int64_t kSmall = 1 << 14;  // elements; below, blocks save nothing worth an error
constexpr int64_t kPiece = 1 << 20;  // elements a turn, a whole number of blocks of every type

// Parts of names of LTX, Wan and text encoders.
constexpr std::array<std::string_view, 17> kCritical = {
    "adaln",         "timestep",           "time_embed",    "time_projection", "text_embed",
    "patchify_proj", "patch_embedding",    "proj_out",      "head.head",       "scale_shift",
    "modulation",    "caption_projection", "keyframes_abs", "pos_embed",       "token_embedding",
    "embed_tokens",  "learnable_registers"};

bool is_float(DType type) {
    return type != DType::I8 && type != DType::U8 && type != DType::I32 && type != DType::I64;
}

DType kept_type(const TensorInfo& info) {
    if (!is_float(info.dtype)) return info.dtype;
    return info.shape.rank() <= 1 || info.dtype == DType::F32 || info.dtype == DType::F64
               ? DType::F32
               : DType::BF16;
}

struct Sums {
    double error = 0, square = 0;
    int64_t odd = 0;  // values that are no numbers
};

// Narrows `count` values and measures what that does to them.
Sums narrow_piece(DType type, const float* values, int64_t count, std::byte* target) {
    const int64_t block = tensor::block_elements(type);
    const auto bytes = static_cast<int64_t>(tensor::block_bytes(type));
    const int64_t grain = std::max<int64_t>(1, 4096 / block);
    std::vector<Sums> sums(static_cast<size_t>((count / block + grain - 1) / grain + 1));
    tensor::parallel_for(static_cast<int64_t>(sums.size()) - 1, 1, [&](int64_t begin, int64_t end) {
        std::vector<float> back(static_cast<size_t>(grain * block));
        for (int64_t g = begin; g < end; ++g) {
            const int64_t first = g * grain * block;
            const int64_t n = std::min(grain * block, count - first);
            Sums& s = sums[static_cast<size_t>(g)];
            for (int64_t i = 0; i < n; ++i) s.odd += !std::isfinite(values[first + i]);
            if (s.odd > 0) continue;
            std::byte* out = target + first / block * bytes;
            tensor::narrow(type, values + first, n, out);
            tensor::widen(type, out, n, back.data());
            for (int64_t i = 0; i < n; ++i) {
                const double v = values[first + i], d = back[static_cast<size_t>(i)] - v;
                s.error += d * d;
                s.square += v * v;
            }
        }
    });
    Sums total;
    for (const Sums& s : sums) {
        total.error += s.error;
        total.square += s.square;
        total.odd += s.odd;
    }
    return total;
}

double ratio(const Sums& s) { return s.square > 0 ? std::sqrt(s.error / s.square) : 0; }

GgufValue text_value(std::string text) {
    GgufValue value;
    value.text = std::move(text);
    return value;
}

// What other readers of GGUF call the family.
std::string architecture(const TensorSource& source) {
    for (const std::string& name : source.names()) {
        if (name.find("patchify_proj") != name.npos) return "ltxv";
        if (name.find("patch_embedding") != name.npos) return "wan";
        if (name.find("token_embedding") != name.npos) return "t5encoder";
    }
    return "unknown";
}

}  // namespace

DType quantised_type(const std::string& name, const TensorInfo& info, DType wanted) {
    const bool is_matrix = info.shape.rank() == 2 && name.ends_with(".weight");
    const bool critical = std::ranges::any_of(
        kCritical, [&](std::string_view part) { return name.find(part) != name.npos; });
    if (!is_float(info.dtype) || !is_matrix || critical || info.shape.elements() < kSmall ||
        name.find("norm") != name.npos)
        return kept_type(info);
    for (const DType type : {wanted, DType::Q8_0}) {
        if (info.shape[-1] % tensor::block_elements(type) == 0) return type;
    }
    return kept_type(info);
}

base::Result<QuantizeReport> quantize(
    const TensorSource& source, const std::string& target, DType wanted,
    const std::function<void(const QuantizeProgress&)>& on_progress,
    const base::CancelToken* cancel) {
    const std::set<DType> known = {DType::Q8_0, DType::Q4_0, DType::Q4_K, DType::Q5_K,
                                   DType::Q6_K, DType::F16,  DType::BF16};
    if (!known.contains(wanted))
        return base::usage_error("types are q8_0, q4_0, q4_K, q5_K, q6_K, f16, bf16",
                                 std::string(tensor::dtype_name(wanted)));
    std::vector<GgufEntry> entries;
    std::vector<TensorInfo> infos;
    QuantizeReport report;
    QuantizeProgress progress;
    for (const std::string& name : source.names()) {
        const auto info = source.info(name, {});
        if (!info) continue;
        if (info->dtype == DType::U8)
            return base::failed("tensor " + name + " is u8, which GGUF does not know",
                                source.where());
        entries.push_back({name, quantised_type(name, *info, wanted), info->shape});
        infos.push_back(*info);
        uint64_t before = 0;
        for (const auto& memory : source.memory_of(name)) before += memory.size();
        if (before == 0) before = tensor::bytes_of(info->dtype, info->shape.elements()).value_or(0);
        report.bytes_before += before;
        progress.total += static_cast<uint64_t>(info->shape.elements());
    }
    if (entries.empty()) return base::failed("holds no tensors", source.where());
    std::vector<std::pair<std::string, GgufValue>> metadata;
    GgufValue version;
    version.kind = GgufValue::Kind::U32;
    version.number = 2;
    metadata.emplace_back("general.architecture", text_value(architecture(source)));
    metadata.emplace_back("general.quantization_version", version);
    metadata.emplace_back("general.quantized_by", text_value("aozora"));
    for (const std::string& key : source.metadata_keys()) {
        if (!key.starts_with("general.") && !key.starts_with("comfy.gguf."))
            metadata.emplace_back(key, text_value(source.metadata(key)));
    }

    Sums all;
    size_t index = 0;
    std::vector<float> values(kPiece);
    const auto fill = [&](const GgufEntry& entry, const GgufPut& put) -> base::Status {
        const TensorInfo& info = infos[index++];
        const Tensor t = TRY(source.load(entry.name, info.shape));
        ++report.tensors;
        Sums sums;
        std::vector<std::byte> bytes;
        for (int64_t at = 0; at < t.elements(); at += kPiece) {
            if (cancel) TRY(cancel->check());
            const int64_t count = std::min(kPiece, t.elements() - at);
            bytes.resize(*tensor::bytes_of(entry.dtype, count));
            if (entry.dtype == info.dtype) {
                const auto begin = *tensor::bytes_of(entry.dtype, at);
                TRY(put(t.raw() + begin, bytes.size()));
            } else {
                t.widen_into(at, count, values.data());
                const Sums s = narrow_piece(entry.dtype, values.data(), count, bytes.data());
                if (s.odd > 0)
                    return base::failed("tensor " + entry.name +
                                            " holds values that are no numbers; get the file anew",
                                        source.where());
                sums.error += s.error;
                sums.square += s.square;
                TRY(put(bytes.data(), bytes.size()));
            }
            progress.done += static_cast<uint64_t>(count);
            if (on_progress) on_progress(progress);
        }
        for (const auto& memory : source.memory_of(entry.name)) forget_pages(memory);
        report.bytes_after += *tensor::bytes_of(entry.dtype, t.elements());
        if (entry.dtype != info.dtype && entry.dtype != kept_type(info)) {
            ++report.quantised;
            all.error += sums.error;
            all.square += sums.square;
            if (ratio(sums) > report.worst_error) {
                report.worst_error = ratio(sums);
                report.worst = entry.name;
            }
        }
        return {};
    };
    TRY(write_gguf(target, metadata, entries, fill));
    report.relative_error = ratio(all);
    return report;
}

}  // namespace neural
