#include "studio/director/staging/promises.h"

#include <algorithm>
#include <string_view>

#include "world/materials/material.h"

namespace studio {
namespace {

using world::Event;
using world::EventKind;

// The body that an action sets going: what is thrown, kicked or dropped, else the doer.
std::string mover_of(Workshop& shop, const script::Action& action) {
    for (const std::string* id : {&action.object, &action.subject}) {
        const world::BodyIndex body = shop.first_body(*id);
        if (body != world::kNoBody) return shop.body(body).name;
    }
    return {};
}

bool is_or_belongs_to(const std::string& name, const std::string& whole) {
    return name == whole || name.rfind(whole + ".", 0) == 0 || name.rfind(whole + "_", 0) == 0;
}

// Told to break: a thing of a matter that has no figure for it (a melon, a snowball) gives way to a
// fall of a hand's length; metal, rubber and cloth never do.
void let_break(Workshop& shop, world::BodyIndex index) {
    world::Body& body = shop.body(index);
    shop.make_breakable(index);
    if (body.break_impulse_Ns > 0 || world::material(body.material).fracture_impulse_Nspm2 > 0)
        return;
    static constexpr std::string_view kTough[] = {
        "steel", "iron", "aluminium", "brass",  "copper", "gold",  "silver",  "rubber",
        "skin",  "fur",  "fabric",    "cotton", "wool",   "rope",  "leather", "feather",
        "felt",  "foam", "jelly",     "flesh",  "paper",  "water", "grass",   "leaf"};
    if (std::find(std::begin(kTough), std::end(kTough), body.material) != std::end(kTough)) return;
    const double mass = body.mass_kg > 0 ? body.mass_kg
                        : body.shape->default_mass_kg
                            ? *body.shape->default_mass_kg
                            : body.shape->volume_m3 * world::material(body.material).density_kgpm3;
    body.break_impulse_Ns = 1.5 * mass;
}

void want_breaks(Workshop& shop, const std::string& name) {
    shop.want(
        {name + " breaks", [name](const std::vector<Event>& events, const auto&, const auto&) {
             return std::any_of(
                        events.begin(), events.end(),
                        [&](const Event& e) { return e.kind == EventKind::Break && e.a == name; })
                        ? 0.0
                        : 1.0;
         }});
}

void want_whole(Workshop& shop, const std::string& name) {
    shop.want({name + " does not break",
               [name](const std::vector<Event>& events, const auto&, const auto&) {
                   return std::any_of(events.begin(), events.end(),
                                      [&](const Event& e) {
                                          return e.kind == EventKind::Break && e.a == name;
                                      })
                              ? 1.0
                              : 0.0;
               }});
}

void want_hit(Workshop& shop, const std::string& name, const std::string& target,
              const std::string& wanted) {
    shop.want({wanted, [name, target](const std::vector<Event>& events, const auto&, const auto&) {
                   return std::any_of(events.begin(), events.end(),
                                      [&](const Event& e) {
                                          return e.kind == EventKind::Contact &&
                                                 ((e.a == name && is_or_belongs_to(e.b, target)) ||
                                                  (e.b == name && is_or_belongs_to(e.a, target)));
                                      })
                              ? 0.0
                              : 1.0;
               }});
}

void want_upright(Workshop& shop, world::BodyIndex body) {
    if (body == world::kNoBody) return;
    const base::Vec3 up = shop.body(body).pose.rotation.conjugate().rotate({0, 0, 1});
    shop.want({shop.body(body).name + " stays up",
               [body, up](const auto&, const auto&, const world::Snapshot& end) {
                   const double lean = end.bodies[body].pose.rotation.rotate(up).z;
                   return lean > 0.8 ? 0.0 : 1 - lean;
               }});
}

bool already_wanted(const ShotStage& stage, const std::string& wanted) {
    return std::any_of(stage.outcomes.begin(), stage.outcomes.end(),
                       [&](const OutcomeTest& test) { return test.wanted == wanted; });
}

}  // namespace

void want_what_was_promised(Workshop& shop) {
    for (const script::Action& action : shop.shot().actions) {
        const std::string& kind = action.outcome.kind;
        const std::string name = mover_of(shop, action);
        if (name.empty()) continue;
        const std::string& target = action.outcome.target;
        if (kind == "breaks" && !already_wanted(shop.stage(), name + " breaks")) {
            const Player* player =
                shop.player(!action.object.empty() ? action.object : action.subject);
            if (player == nullptr || player->bodies.size() != 1) continue;
            let_break(shop, player->bodies.front());
            want_breaks(shop, name);
        } else if (kind == "stays_up") {
            want_upright(shop, shop.first_body(action.subject));
        } else if (kind == "does_not_break") {
            want_whole(shop, name);
        } else if ((kind == "hits" || kind == "lands_on") && !target.empty() && target != "floor") {
            const world::BodyIndex struck = shop.first_body(target);
            const std::string other = struck != world::kNoBody ? shop.body(struck).name : target;
            if (other == name) continue;
            want_hit(shop, name, other, name + (kind == "hits" ? " hits " : " lands on ") + target);
        }
    }
}

}  // namespace studio
