#include "neural/weights/loader.h"

#include <set>

#include "neural/weights/mapped_file.h"

namespace neural {

using tensor::Shape;
using tensor::Tensor;

struct Loader::Shared {
    std::shared_ptr<const TensorSource> source;
    std::set<std::string> asked;
    std::vector<std::string> problems;
};

Loader::Loader(std::shared_ptr<const TensorSource> source, std::string prefix)
    : shared_(std::make_shared<Shared>()), prefix_(std::move(prefix)) {
    shared_->source = std::move(source);
}

Loader Loader::at(std::string_view part) const {
    Loader below = *this;
    below.prefix_ += std::string(part) + ".";
    return below;
}
Loader Loader::at(std::string_view part, int64_t index) const {
    return at(std::string(part) + "." + std::to_string(index));
}

const TensorSource& Loader::source() const { return *shared_->source; }
bool Loader::has(std::string_view name) const {
    return shared_->source->info(prefix_ + std::string(name), {}).has_value();
}

namespace {

// What stands in for a tensor that does not fit, so that building goes on and finds the other
// problems.
Tensor stand_in(const Shape& shape) {
    static const auto nothing = std::make_shared<std::byte>();
    return Tensor(shape, tensor::DType::F32, nothing);
}

}  // namespace

bool Loader::fits(const std::string& full, const Shape& shape, bool is_weight) const {
    using tensor::DType;
    shared_->asked.insert(full);
    const auto info = shared_->source->info(full, shape);
    if (!info) {
        problem("missing: " + full + " " + shape.text());
        return false;
    }
    if (info->shape != shape) {
        problem("misshapen: " + full + " is " + info->shape.text() + ", must be " + shape.text());
        return false;
    }
    const DType type = info->dtype;
    if (is_weight &&
        (type == DType::I8 || type == DType::U8 || type == DType::I32 || type == DType::I64)) {
        problem("wrong type: " + full + " is " + std::string(tensor::dtype_name(type)) +
                " without a scale, must be a floating or a quantised type");
        return false;
    }
    return true;
}

Tensor Loader::take(std::string_view name, const Shape& shape, bool is_weight) const {
    const std::string full = prefix_ + std::string(name);
    if (!fits(full, shape, is_weight)) return stand_in(shape);
    auto loaded = shared_->source->load(full, shape);
    if (loaded) return *loaded;
    problem(loaded.error().text());
    return stand_in(shape);
}

Tensor Loader::stored(std::string_view name, const Shape& shape) const {
    return take(name, shape, false);
}

Tensor Loader::vector(std::string_view name, const Shape& shape) const {
    const Tensor t = take(name, shape, true);
    if (t.dtype() == tensor::DType::F32) return t;
    // Exactly these bytes: a plain touch makes the system read ahead, megabytes for each of a
    // file's thousands of vectors.
    for (const auto& piece : shared_->source->memory_of(prefix_ + std::string(name)))
        fetch_pages(piece, false);
    return t.widened();
}

tensor::Linear Loader::linear(std::string_view name, int64_t in, int64_t out, bool bias) const {
    const Loader below = at(name);
    WeightParts parts{stand_in({out, in}), {}};
    if (const std::string full = below.prefix_ + "weight"; fits(full, {out, in}, true)) {
        auto loaded = shared_->source->load_parts(full, {out, in});
        if (loaded) parts = *loaded;
        else problem(loaded.error().text());
    }
    tensor::Linear linear(parts.base, bias ? below.vector("bias", {out}) : Tensor());
    for (const LowRank& l : parts.added) linear.add_low_rank(l.down, l.up, l.strength);
    return linear;
}

tensor::Conv Loader::conv(std::string_view name, int64_t in, int64_t out,
                          std::initializer_list<int64_t> kernel,
                          const tensor::ConvGeometry& geometry, bool bias) const {
    const Loader below = at(name);
    Shape shape{out, in};
    for (const int64_t k : kernel) shape.append(k);
    const Tensor weight = below.take("weight", shape, true);
    return tensor::Conv(weight, bias ? below.vector("bias", {out}) : Tensor(), geometry);
}

void Loader::problem(std::string what) const { shared_->problems.push_back(std::move(what)); }

base::Status Loader::finish(bool refuse_extra, bool (*ignore)(std::string_view)) const {
    std::vector<std::string> problems = shared_->problems;
    if (refuse_extra) {
        for (const std::string& name : shared_->source->names()) {
            if (name.starts_with(prefix_) && !shared_->asked.contains(name) &&
                !(ignore && ignore(name))) {
                problems.push_back("not of this model: " + name);
            }
        }
    }
    if (problems.empty()) return {};
    constexpr size_t kShown = 20;
    std::string text = std::to_string(problems.size()) + " tensors do not fit this model";
    for (size_t i = 0; i < problems.size() && i < kShown; ++i) text += "\n  " + problems[i];
    if (problems.size() > kShown)
        text += "\n  and " + std::to_string(problems.size() - kShown) + " more";
    return base::failed(text, shared_->source->where());
}

}  // namespace neural
