#include <map>
#include <tuple>

#include "base/core/check.h"
#include "render/material/base_look.h"
#include "render/material/surface.h"

namespace render {

struct LookTable::Impl {
    LookOptions options;
    std::vector<Surface> looks;
};

LookTable::LookTable(LookOptions options) : impl_(std::make_unique<Impl>()) {
    impl_->options = options;
}
LookTable::~LookTable() = default;
LookTable::LookTable(LookTable&&) noexcept = default;
LookTable& LookTable::operator=(LookTable&&) noexcept = default;

LookId LookTable::resolve(const LookRequest& request) {
    const BaseLook* base = find_base_look(request.material);
    if (base == nullptr) base = find_base_look("plastic");
    Surface s = base->surface;
    if (request.colour && base->takes_colour) s.albedo = *request.colour;
    s.emission = s.albedo * request.emission;
    impl_->looks.push_back(s);
    return static_cast<LookId>(impl_->looks.size()) - 1;
}

Surface LookTable::evaluate(LookId id, const SurfacePoint& point) const {
    Surface s = impl_->looks[static_cast<size_t>(id)];
    s.normal = point.n;
    return s;
}

const Surface& LookTable::mean(LookId id) const { return impl_->looks[static_cast<size_t>(id)]; }
bool LookTable::transmits(LookId id) const { return mean(id).transmission > 0; }
bool LookTable::glows(LookId id) const { return base::dot(mean(id).emission, {1, 1, 1}) > 0; }
bool LookTable::see_through(LookId id) const { return mean(id).opacity < 1; }
int LookTable::size() const { return static_cast<int>(impl_->looks.size()); }

std::vector<std::string> look_materials() {
    std::vector<std::string> names;
    for (const BaseLook& look : all_base_looks()) names.emplace_back(look.material);
    return names;
}
std::vector<std::string> look_patterns() { return {}; }

}  // namespace render
