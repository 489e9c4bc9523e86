#include "neural/weights/damage.h"

#include <algorithm>
#include <cmath>

#include "neural/weights/mapped_file.h"

namespace neural {
namespace {

constexpr int64_t kPiece = 1 << 18;  // a whole number of blocks of every type

bool can_hold_them(tensor::DType type) {
    using tensor::DType;
    return type != DType::I8 && type != DType::U8 && type != DType::I32 && type != DType::I64;
}

}  // namespace

std::string Damage::text() const {
    std::string text = tensor + " holds ";
    if (nan > 0) text += std::to_string(nan) + " NaN";
    if (nan > 0 && infinite > 0) text += " and ";
    if (infinite > 0) text += std::to_string(infinite) + " infinities";
    return text + ", the first at " + std::to_string(first);
}

base::Result<std::vector<Damage>> find_damage(const TensorSource& source, size_t most,
                                              const base::CancelToken* cancel) {
    std::vector<Damage> found;
    std::vector<float> values(kPiece);
    for (const std::string& name : source.names()) {
        if (cancel) TRY(cancel->check());
        const auto info = source.info(name, {});
        if (!info || !can_hold_them(info->dtype)) continue;
        const tensor::Tensor t = TRY(source.load(name, info->shape));
        Damage damage{name, 0, 0, 0};
        for (int64_t at = 0; at < t.elements(); at += kPiece) {
            const int64_t count = std::min(kPiece, t.elements() - at);
            t.widen_into(at, count, values.data());
            for (int64_t i = 0; i < count; ++i) {
                const float v = values[static_cast<size_t>(i)];
                if (std::isfinite(v)) continue;
                if (damage.nan + damage.infinite == 0) damage.first = at + i;
                ++(std::isnan(v) ? damage.nan : damage.infinite);
            }
        }
        for (const auto& memory : source.memory_of(name)) forget_pages(memory);
        if (damage.nan + damage.infinite > 0) found.push_back(damage);
        if (found.size() >= most) break;
    }
    return found;
}

}  // namespace neural
