#include "neural/weights/lora.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "neural/weights/open.h"
#include "tensor/backend.h"

namespace neural {
namespace {

using tensor::Shape;
using tensor::Tensor;

constexpr std::array<std::string_view, 5> kPrefixes = {"base_model.model.",
                                                       "model.diffusion_model.", "diffusion_model.",
                                                       "transformer.", "lora_unet_"};

enum class Role { Down, Up, Alpha, Diff, BiasDiff, Unknown };

std::string_view without_prefixes(std::string_view name) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view prefix : kPrefixes) {
            if (name.starts_with(prefix)) {
                name.remove_prefix(prefix.size());
                again = true;
            }
        }
    }
    return name;
}

// What two writings of one module have in common: no prefixes, no difference between . and _.
std::string canonical(std::string_view module) {
    std::string text(without_prefixes(module));
    std::replace(text.begin(), text.end(), '.', '_');
    return text;
}

struct Part {
    Role role = Role::Unknown;
    std::string module;  // without prefixes
    std::string place() const { return canonical(module); }
};

Part part_of(std::string_view name) {
    const auto with = [&](Role role, size_t end) {
        return Part{role, std::string(without_prefixes(name.substr(0, end)))};
    };
    constexpr std::array<std::pair<std::string_view, Role>, 6> kFactors = {
        {{".lora_A.", Role::Down},
         {".lora_B.", Role::Up},
         {".lora_down.", Role::Down},
         {".lora_up.", Role::Up},
         {".lora.down.", Role::Down},
         {".lora.up.", Role::Up}}};
    for (const auto& [mark, role] : kFactors) {
        const size_t at = name.rfind(mark);
        if (at == name.npos) continue;
        // "weight", or an adapter's name and "weight".
        const std::string_view tail = name.substr(at + mark.size());
        if (tail == "weight" || (tail.ends_with(".weight") && tail.find('.') == tail.size() - 7))
            return with(role, at);
    }
    constexpr std::array<std::pair<std::string_view, Role>, 3> kOthers = {
        {{".alpha", Role::Alpha}, {".diff_b", Role::BiasDiff}, {".diff", Role::Diff}}};
    for (const auto& [tail, role] : kOthers) {
        if (name.ends_with(tail)) return with(role, name.size() - tail.size());
    }
    return {};
}

// What one file does to one module.
struct Change {
    Tensor down, up, diff, bias_diff;
    float strength = 1;
    std::optional<float> alpha;
    float factor = 1;  // strength * alpha / rank
    std::shared_ptr<TensorSource> file;
    std::vector<std::string> names;  // in the file
};

// target += factor * up down, as matrices.
void add_product(const Change& c, Tensor& target) {
    const int64_t n = target.dim(0), k = target.elements() / std::max<int64_t>(n, 1);
    const Tensor up = c.up.widened().reshape({1, n, -1});
    const int64_t r = up.dim(2);
    const Tensor down =
        tensor::permute(c.down.widened().reshape({r, k}), {1, 0}).reshape({1, k, r});
    // A few rows at a time: the sum must not need a second matrix of the model's size.
    const int64_t step = std::max<int64_t>(1, (1 << 22) / std::max<int64_t>(k, 1));
    for (int64_t row = 0; row < n; row += step) {
        const int64_t count = std::min(step, n - row);
        const Tensor rows = up.reshape({n, r}).rows(row, row + count).reshape({1, count, r});
        const Tensor product = tensor::matmul_nt(rows, down);
        float* out = target.f32() + row * k;
        for (int64_t i = 0; i < count * k; ++i) out[i] += c.factor * product.f32()[i];
    }
}

void add_scaled(const Tensor& what, float strength, Tensor& target) {
    const Tensor wide = what.widened();
    for (int64_t i = 0; i < target.elements(); ++i) target.f32()[i] += strength * wide.f32()[i];
}

class WithLoras final : public TensorSource {
public:
    WithLoras(std::shared_ptr<const TensorSource> model, LoraRules rules)
        : model_(std::move(model)), rules_(std::move(rules)), places_(places_of(*model_)) {}

    std::string where() const override { return model_->where(); }
    std::vector<std::string> names() const override { return model_->names(); }
    std::optional<TensorInfo> info(const std::string& name, const Shape& wanted) const override {
        return model_->info(name, wanted);
    }
    std::string metadata(const std::string& key) const override { return model_->metadata(key); }
    std::vector<std::string> metadata_keys() const override { return model_->metadata_keys(); }

    base::Result<Tensor> load(const std::string& name, const Shape& wanted) const override {
        const Tensor base = TRY(model_->load(name, wanted));
        const auto changes = changes_of(name);
        if (changes.empty()) return base;
        Tensor sum = base.dtype() == tensor::DType::F32 ? base.clone() : base.widened();
        for (const Change* c : changes) {
            TRY(check(*c, name, sum.shape()));
            if (is_bias(name)) {
                if (c->bias_diff.defined()) add_scaled(c->bias_diff, c->strength, sum);
                continue;
            }
            if (c->down.defined()) add_product(*c, sum);
            if (c->diff.defined()) add_scaled(c->diff, c->strength, sum);
        }
        return sum;
    }

    base::Result<WeightParts> load_parts(const std::string& name,
                                         const Shape& wanted) const override {
        const auto changes = changes_of(name);
        // A difference of full rank is no smaller than the sum.
        const bool low_rank =
            std::ranges::none_of(changes, [](const Change* c) { return c->diff.defined(); });
        if (!low_rank || is_bias(name)) return WeightParts{TRY(load(name, wanted)), {}};
        WeightParts parts = TRY(model_->load_parts(name, wanted));
        for (const Change* c : changes) {
            if (!c->down.defined()) continue;
            TRY(check(*c, name, parts.base.shape()));
            parts.added.push_back({c->down.reshape({c->down.dim(0), -1}),
                                   c->up.reshape({c->up.dim(0), -1}), c->factor});
        }
        return parts;
    }

    std::vector<std::span<const std::byte>> memory_of(const std::string& name) const override {
        auto memory = model_->memory_of(name);
        for (const Change* c : changes_of(name)) {
            for (const std::string& each : c->names) {
                const auto more = c->file->memory_of(each);
                memory.insert(memory.end(), more.begin(), more.end());
            }
        }
        return memory;
    }

    base::Status add(const LoraFile& lora) {
        if (!std::isfinite(lora.strength))
            return base::usage_error("a strength must be a number", lora.path);
        const auto file = TRY(open_weights(lora.path));
        std::map<std::string, Change> changes;
        std::vector<std::string> misfits;
        for (const std::string& name : file->names()) {
            const Part part = part_of(name);
            if (part.role == Role::Unknown) {
                for (const char* form : {"dora_scale", "hada_w", "lokr_w", "lora_mid", "magnitude"})
                    if (name.find(form) != name.npos)
                        return base::failed("tensor " + name + " belongs to a form (" + form +
                                                ") that is not a sum of low rank; not read here",
                                            lora.path);
            }
            const auto module = place_of(part);
            if (!module) {
                if (!rules_.ignore_unplaced) misfits.push_back("no place: " + name);
                continue;
            }
            Change& change = changes[*module];
            TRY(put(part.role, TRY(file->load(name, {})), name, lora, change));
            change.names.push_back(name);
        }
        if (changes.empty()) {
            return base::failed(
                "is no LoRA of this model: none of its tensors has a place in it" + listed(misfits),
                lora.path);
        }
        for (auto& [module, change] : changes) {
            if (change.down.defined() != change.up.defined())
                return base::failed("has only one of the two factors of " + module, lora.path);
            change.file = file;
            change.factor = change.strength;
            if (change.alpha && change.down.defined())
                change.factor *= *change.alpha / static_cast<float>(change.down.dim(0));
            const auto place = places_.find(module);
            if (place == places_.end()) continue;
            for (const char* leaf : {"weight", "bias"}) {
                const auto name = place->second.find(leaf);
                if (name == place->second.end()) continue;
                const auto info = model_->info(name->second, {});
                if (!info) continue;
                const base::Status fits = check(change, name->second, info->shape);
                if (!fits.ok()) misfits.push_back(fits.error().message);
            }
        }
        if (!misfits.empty()) return base::failed(misfits_text(misfits), lora.path);
        for (auto& [module, change] : changes) changes_[module].push_back(std::move(change));
        return {};
    }

private:
    static bool is_bias(const std::string& name) { return name.ends_with(".bias"); }

    std::vector<const Change*> changes_of(const std::string& name) const {
        const size_t dot = name.rfind('.');
        if (dot == name.npos || (name.substr(dot) != ".weight" && !is_bias(name))) return {};
        const auto found = changes_.find(canonical(name.substr(0, dot)));
        if (found == changes_.end()) return {};
        std::vector<const Change*> changes;
        for (const Change& c : found->second) {
            if (is_bias(name) ? c.bias_diff.defined() : c.down.defined() || c.diff.defined())
                changes.push_back(&c);
        }
        return changes;
    }

    // Canonical module -> "weight" and "bias", where it has them -> full name. Empty for a model
    // without names.
    using Places = std::map<std::string, std::map<std::string, std::string>>;
    static Places places_of(const TensorSource& model) {
        Places places;
        for (const std::string& name : model.names()) {
            const size_t dot = name.rfind('.');
            if (dot != name.npos)
                places[canonical(name.substr(0, dot))].emplace(name.substr(dot + 1), name);
        }
        return places;
    }

    // The canonical module that a LoRA's tensor belongs to.
    std::optional<std::string> place_of(const Part& part) const {
        if (part.role == Role::Unknown) return std::nullopt;
        if (places_.empty()) return part.place();
        const char* leaf = part.role == Role::BiasDiff ? "bias" : "weight";
        const auto found = [&](const std::string& module) {
            const auto place = places_.find(module);
            return place != places_.end() && place->second.contains(leaf);
        };
        if (found(part.place())) return part.place();
        if (!rules_.own_name) return std::nullopt;
        const auto own = rules_.own_name(part.module + "." + leaf);
        if (!own) return std::nullopt;
        const std::string module = canonical(own->substr(0, own->rfind('.')));
        return found(module) ? std::optional(module) : std::nullopt;
    }

    static base::Status put(Role role, const Tensor& t, const std::string& name,
                            const LoraFile& lora, Change& change) {
        change.strength = lora.strength;
        Tensor* place = role == Role::Down       ? &change.down
                        : role == Role::Up       ? &change.up
                        : role == Role::Diff     ? &change.diff
                        : role == Role::BiasDiff ? &change.bias_diff
                                                 : nullptr;
        if (place) {
            if (place->defined()) return base::failed(name + " stands there twice", lora.path);
            if ((role == Role::Down || role == Role::Up) && (t.rank() < 2 || t.elements() == 0))
                return base::failed(name + " is no matrix but " + t.shape().text(), lora.path);
            *place = t;
            return {};
        }
        if (t.elements() != 1) return base::failed(name + " must be one number", lora.path);
        float alpha = 0;
        t.widen_into(0, 1, &alpha);
        if (!std::isfinite(alpha)) return base::failed(name + " is not a number", lora.path);
        change.alpha = alpha;
        return {};
    }

    static std::string misfits_text(const std::vector<std::string>& misfits) {
        return (misfits.size() == 1 ? "1 tensor of this LoRA does not fit the model"
                                    : std::to_string(misfits.size()) +
                                          " tensors of this LoRA do not fit the model") +
               listed(misfits);
    }
    static std::string listed(const std::vector<std::string>& misfits) {
        constexpr size_t kShown = 20;
        std::string text;
        for (size_t i = 0; i < misfits.size() && i < kShown; ++i) text += "\n  " + misfits[i];
        if (misfits.size() > kShown)
            text += "\n  and " + std::to_string(misfits.size() - kShown) + " more";
        return text;
    }

    // Whether the change fits a tensor of that shape.
    base::Status check(const Change& c, const std::string& name, const Shape& shape) const {
        const auto misfit = [&](const Tensor& t, const std::string& what) {
            return base::failed("the " + what + " of " + name + " is " + t.shape().text() +
                                    ", the model's tensor is " + shape.text(),
                                c.file->where());
        };
        if (is_bias(name)) {
            if (c.bias_diff.defined() && c.bias_diff.elements() != shape.elements())
                return misfit(c.bias_diff, "difference");
            return {};
        }
        if (c.diff.defined() && c.diff.elements() != shape.elements())
            return misfit(c.diff, "difference");
        if (c.down.defined()) {
            const int64_t r = c.down.dim(0);
            if (shape.rank() < 2 || c.down.elements() != r * shape.product(1, shape.rank()))
                return misfit(c.down, "down factor");
            if (c.up.dim(0) != shape[0] || c.up.elements() != r * shape[0])
                return misfit(c.up, "up factor");
        }
        return {};
    }

    std::shared_ptr<const TensorSource> model_;
    LoraRules rules_;
    Places places_;
    std::map<std::string, std::vector<Change>> changes_;  // by canonical module
};

}  // namespace

base::Result<std::shared_ptr<const TensorSource>> with_loras(
    std::shared_ptr<const TensorSource> model, const std::vector<LoraFile>& files,
    const LoraRules& rules) {
    if (files.empty()) return model;
    auto source = std::make_shared<WithLoras>(std::move(model), rules);
    for (const LoraFile& file : files) {
        if (base::Status added = source->add(file); !added.ok()) {
            // Whatever is wrong with it: it was the user's choice for this model.
            base::Error error = added.error();
            error.kind = base::ErrorKind::Usage;
            return error;
        }
    }
    return std::shared_ptr<const TensorSource>(source);
}

}  // namespace neural
