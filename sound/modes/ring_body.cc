#include "sound/modes/ring_body.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/math/vec.h"

namespace sound {
namespace {

struct KindForm {
    std::string_view kind;
    RingClass form;
};

// Nouns whose form the bounding box cannot tell. All others go by their proportions.
constexpr KindForm kKinds[] = {
    {"basketball", RingClass::AirBall},
    {"football", RingClass::AirBall},
    {"volleyball", RingClass::AirBall},
    {"beach_ball", RingClass::AirBall},
    {"balloon", RingClass::AirBall},
    {"tennis_ball", RingClass::AirBall},
    {"ping_pong_ball", RingClass::ShellBall},
    {"globe", RingClass::ShellBall},
    {"snow_globe", RingClass::ShellBall},
    {"egg", RingClass::ShellBall},
    {"coconut", RingClass::ShellBall},
    {"light_bulb", RingClass::ShellBall},
    {"bowling_ball", RingClass::SolidBall},
    {"billiard_ball", RingClass::SolidBall},
    {"marble", RingClass::SolidBall},
    {"golf_ball", RingClass::SolidBall},
    {"pendulum", RingClass::SolidBall},
    {"newtons_cradle", RingClass::SolidBall},
    {"bell", RingClass::Bell},
    {"gong", RingClass::Disc},
    {"cymbal", RingClass::Disc},
    {"coin", RingClass::Disc},
    {"plate", RingClass::Disc},
    {"saucer", RingClass::Disc},
    {"frisbee", RingClass::Disc},
    {"disc", RingClass::Disc},
    {"record", RingClass::Disc},
    {"medal", RingClass::Disc},
    {"pan", RingClass::Disc},
    {"puck", RingClass::Disc},
    {"gear", RingClass::Disc},
    {"saw", RingClass::Plate},
    {"shield", RingClass::Plate},
    {"plate_sheet", RingClass::Plate},
    {"cup", RingClass::Vessel},
    {"mug", RingClass::Vessel},
    {"teacup", RingClass::Vessel},
    {"glass", RingClass::Vessel},
    {"wine_glass", RingClass::Vessel},
    {"bottle", RingClass::Vessel},
    {"jar", RingClass::Vessel},
    {"jug", RingClass::Vessel},
    {"teapot", RingClass::Vessel},
    {"kettle", RingClass::Vessel},
    {"bowl", RingClass::Vessel},
    {"pot", RingClass::Vessel},
    {"vase", RingClass::Vessel},
    {"bucket", RingClass::Vessel},
    {"can", RingClass::Vessel},
    {"watering_can", RingClass::Vessel},
    {"flowerpot", RingClass::Vessel},
    {"urn", RingClass::Vessel},
    {"goblet", RingClass::Vessel},
    {"chalice", RingClass::Vessel},
    {"trophy", RingClass::Vessel},
    {"trash_can", RingClass::Vessel},
    {"bathtub", RingClass::Vessel},
    {"lantern", RingClass::Vessel},
    {"helmet", RingClass::Vessel},
    {"crown", RingClass::Ring},
    {"barrel", RingClass::Box},
    {"bowling_pin", RingClass::Rod},
    {"pipe", RingClass::Tube},
    {"flute", RingClass::Tube},
    {"scaffold", RingClass::Tube},
    {"goal_post", RingClass::Tube},
    {"soccer_goal", RingClass::Tube},
    {"scooter", RingClass::Tube},
    {"ring", RingClass::Ring},
    {"hoop", RingClass::Ring},
    {"torus", RingClass::Ring},
    {"ring_jewel", RingClass::Ring},
    {"bicycle", RingClass::Ring},
    {"wheel", RingClass::Ring},
    {"chain", RingClass::Rod},
    {"spring", RingClass::Rod},
    {"slinky", RingClass::Ring},
    {"key", RingClass::Rod},
    {"backboard", RingClass::Panel},
    {"window", RingClass::Panel},
    {"mirror", RingClass::Panel},
    {"door", RingClass::Panel},
    {"table", RingClass::Panel},
    {"coffee_table", RingClass::Panel},
    {"desk", RingClass::Panel},
    {"bench", RingClass::Panel},
    {"shelf", RingClass::Panel},
    {"ping_pong_table", RingClass::Panel},
    {"track", RingClass::Panel},
    {"ramp", RingClass::Panel},
    {"marble_run", RingClass::Panel},
    {"platform", RingClass::Panel},
    {"box", RingClass::Box},
    {"crate", RingClass::Box},
    {"drawer", RingClass::Box},
    {"cupboard", RingClass::Box},
    {"suitcase", RingClass::Box},
    {"treasure_chest", RingClass::Box},
    {"fridge", RingClass::Box},
    {"washing_machine", RingClass::Box},
    {"stove", RingClass::Box},
    {"toaster", RingClass::Box},
    {"speaker", RingClass::Box},
    {"piano", RingClass::Box},
    {"guitar", RingClass::Box},
    {"violin", RingClass::Box},
    {"gift", RingClass::Box},
    {"mailbox", RingClass::Box},
    {"robot", RingClass::Box},
    {"car", RingClass::Box},
    {"truck", RingClass::Box},
    {"bus", RingClass::Box},
    {"van", RingClass::Box},
    {"taxi", RingClass::Box},
    {"train", RingClass::Box},
    {"tram", RingClass::Box},
    {"boat", RingClass::Box},
    {"shopping_cart", RingClass::Tube},
    {"drum", RingClass::Drum},
    {"trampoline", RingClass::Drum},
    {"net", RingClass::String},
    {"rope", RingClass::String},
    {"statue", RingClass::Figurine},
    {"toy_soldier", RingClass::Figurine},
    {"chess_piece", RingClass::Figurine},
    {"skeleton", RingClass::Figurine},
    {"playing_card", RingClass::Sheet},
    {"paper", RingClass::Sheet},
    {"paper_airplane", RingClass::Sheet},
    {"flag", RingClass::Sheet},
    {"curtain", RingClass::Sheet},
    {"banner", RingClass::Sheet},
    {"handkerchief", RingClass::Sheet},
    {"tablecloth", RingClass::Sheet},
};

const RingClass* known_form(std::string_view kind) {
    for (const KindForm& entry : kKinds)
        if (entry.kind == kind) return &entry.form;
    return nullptr;
}

bool any_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Loss by what holds it: contact with floor, hand or mortar drains a body faster than its matter.
double contact_loss(RingClass form) {
    switch (form) {
        case RingClass::Bell: return 0;
        case RingClass::Disc: return 5e-4;
        case RingClass::Ring: return 3e-3;
        case RingClass::Vessel: return 1.5e-3;
        case RingClass::Tube: return 1.5e-3;
        case RingClass::Rod: return 2e-3;
        case RingClass::ShellBall: return 2e-3;
        case RingClass::SolidBall: return 2e-3;
        case RingClass::Plate: return 3e-3;
        case RingClass::Figurine: return 3e-3;
        case RingClass::Block: return 1e-2;
        case RingClass::Box: return 1.5e-2;
        case RingClass::Panel: return 2.5e-2;
        case RingClass::Drum: return 1e-2;
        case RingClass::Floor: return 5e-2;
        default: return 2e-2;
    }
}

bool is_ball_by_shape(const world::Shape& shape) {
    return shape.collision.size() == 1 && shape.collision[0].kind == world::CollisionKind::Sphere;
}

RingClass form_by_proportions(const RingBody& body, bool hollow) {
    const double l = body.length_m, w = body.width_m, t = body.thickness_m;
    if (l > 4 * w) return hollow ? RingClass::Tube : RingClass::Rod;
    if (t < 0.3 * w) return RingClass::Plate;
    if (hollow) return RingClass::Box;
    return RingClass::Block;
}

void set_box(RingBody& body, base::Vec3 size) {
    std::array<double, 3> s{std::abs(size.x), std::abs(size.y), std::abs(size.z)};
    std::sort(s.begin(), s.end());
    body.length_m = std::clamp(s[2], 0.004, 30.0);
    body.width_m = std::clamp(s[1], 0.002, body.length_m);
    body.thickness_m = std::clamp(s[0], 0.0005, body.width_m);
    body.radius_m = body.width_m / 2;
}

// Bedded floors: what the struck layer is, by material. Figures of common building practice.
struct FloorLayer {
    std::string_view material;
    double thickness_m, span_m, width_m, loss;
};
constexpr FloorLayer kFloorLayers[] = {
    {"wood", 0.022, 1.6, 0.60, 0.050},     {"concrete", 0.150, 2.6, 2.2, 0.080},
    {"tile", 0.009, 0.30, 0.30, 0.045},    {"ceramic", 0.009, 0.30, 0.30, 0.045},
    {"stone", 0.060, 0.80, 0.60, 0.060},   {"marble_stone", 0.020, 0.60, 0.60, 0.045},
    {"ice", 0.060, 1.20, 0.90, 0.040},     {"glass", 0.012, 0.90, 0.70, 0.030},
    {"steel", 0.006, 0.90, 0.60, 0.020},   {"iron", 0.010, 0.90, 0.60, 0.025},
    {"brick", 0.065, 0.43, 0.22, 0.080},   {"plastic", 0.010, 0.60, 0.50, 0.060},
    {"plaster", 0.0125, 1.2, 0.60, 0.060},
};

RingBody floor_of(const AcousticMaterial& material) {
    RingBody body;
    body.form = RingClass::Floor;
    body.material = &material;
    body.length_m = 2, body.width_m = 1.5, body.thickness_m = 0.1, body.contact_loss = 0.1;
    for (const FloorLayer& layer : kFloorLayers)
        if (layer.material == material.name) {
            body.length_m = layer.span_m;
            body.width_m = layer.width_m;
            body.thickness_m = layer.thickness_m;
            body.contact_loss = layer.loss;
        }
    body.radius_m = 10;  // flat
    body.mass_kg = 1e4;
    return body;
}

RingBody panel_of(const AcousticMaterial& m, double length, double width, double thickness) {
    RingBody body;
    body.form = RingClass::Panel;
    body.material = &m;
    body.length_m = length, body.width_m = width, body.thickness_m = thickness;
    body.radius_m = 10;
    body.mass_kg = m.density_kgpm3 * length * width * thickness;
    body.contact_loss = contact_loss(RingClass::Panel);
    return body;
}

RingBody rim_of(const AcousticMaterial& m) {
    RingBody body;  // FIBA: ring 450 mm inside, rod 16-20 mm
    body.form = RingClass::Ring;
    body.material = &m;
    body.length_m = body.width_m = 0.475, body.thickness_m = 0.018;
    body.radius_m = 0.234;
    body.mass_kg = 3;
    body.contact_loss = 8e-3;  // bolted to the board
    return body;
}

RingBody named_part(std::string_view part, const AcousticMaterial& m) {
    if (any_of(part, {"rim", "hoop"})) return rim_of(m);
    // FIBA backboard 1.80 x 1.05 m, tempered glass or acrylic of 12 mm.
    if (any_of(part, {"board", "backboard"})) return panel_of(m, 1.8, 1.05, 0.012);
    if (any_of(part, {"table", "counter", "desk"})) return panel_of(m, 1.4, 0.75, 0.028);
    if (any_of(part, {"shelf", "bench", "step", "stairs"})) return panel_of(m, 1.0, 0.28, 0.032);
    if (any_of(part, {"door"})) return panel_of(m, 2.0, 0.85, 0.04);
    if (any_of(part, {"window"})) return panel_of(m, 1.2, 0.9, 0.004);
    if (any_of(part, {"wall", "ceiling", "pool_wall"}) && m.name == "plaster")
        return panel_of(m, 1.25, 0.6, 0.0125);
    if (any_of(part, {"lane"})) return panel_of(m, 1.5, 1.05, 0.06);
    if (any_of(part, {"track", "ramp", "gutter"})) return panel_of(m, 1.0, 0.09, 0.02);
    if (any_of(part, {"rail"})) {
        RingBody tube;
        tube.form = RingClass::Tube;
        tube.material = &m;
        tube.length_m = 1.5, tube.width_m = tube.thickness_m = 0.04, tube.radius_m = 0.02;
        tube.wall_m = 0.002, tube.mass_kg = 3, tube.contact_loss = 5e-3;
        return tube;
    }
    if (any_of(part, {"net"})) {
        RingBody net;
        net.form = RingClass::String;
        net.material = &m;
        net.length_m = 0.45, net.mass_kg = 0.1;
        return net;
    }
    return floor_of(m);
}

bool is_set_part(std::string_view name) {
    return any_of(name,
                  {"floor", "wall",    "ceiling",   "table",     "shelf",      "counter", "stairs",
                   "step",  "net",     "pool_edge", "pool_wall", "pool_floor", "lane",    "gutter",
                   "rail",  "cushion", "pocket",    "bench",     "ramp",       "track",   "road",
                   "kerb",  "window",  "door",      "ground"});
}

}  // namespace

RingBody ring_part(std::string_view name, std::string_view material) {
    const size_t dot = name.rfind('.');
    const std::string_view part = dot == std::string_view::npos ? name : name.substr(dot + 1);
    if (any_of(part, {"cushion"})) return named_part("cushion", acoustic_material("rubber"));
    if (part == "net") return named_part(part, acoustic_material("rope"));
    const AcousticMaterial& m = acoustic_material(material.empty() ? "wood" : material);
    if (is_set_part(part) || any_of(part, {"rim", "board", "backboard", "hoop"}))
        return named_part(part, m);
    RingBody body;
    body.material = &m;
    body.form = m.ring < 0.12 ? RingClass::Soft : RingClass::Block;
    body.contact_loss = contact_loss(body.form);
    return body;
}

RingBody ring_body(const world::Body& source, std::string_view part, std::string_view material) {
    const std::string_view word = !material.empty() ? material : std::string_view(source.material);
    const AcousticMaterial& m = acoustic_material(word);
    if (any_of(part, {"rim", "board", "net"})) return ring_part(part, word);
    if (source.motion == world::Motion::Static && is_set_part(source.set_part))
        return ring_part(source.set_part, word);
    // Large parts of the set without a word of their own: ground if they lie, wall if they stand.
    if (source.motion == world::Motion::Static && source.shape && !source.shape->bounds.empty()) {
        const base::Vec3 size = source.shape->bounds.size();
        if (std::max(size.x, size.y) > 2.5)
            return ring_part(size.z > 0.7 * std::max(size.x, size.y) ? "wall" : "floor", word);
    }

    RingBody body;
    body.material = &m;
    double volume = 0;
    bool hollow = false, ball = false;
    if (source.shape) {
        if (!source.shape->bounds.empty()) set_box(body, source.shape->bounds.size());
        volume = source.shape->volume_m3;
        hollow = source.shape->hollow;
        ball = is_ball_by_shape(*source.shape);
    }
    body.mass_kg = source.mass_kg > 0                              ? source.mass_kg
                   : source.shape && source.shape->default_mass_kg ? *source.shape->default_mass_kg
                   : volume > 0
                       ? volume * m.density_kgpm3
                       : 0.3 * m.density_kgpm3 * body.length_m * body.width_m * body.thickness_m;
    body.mass_kg = std::max(body.mass_kg, 1e-5);

    // A wall as thick as the matter spread over the outside.
    const double l = body.length_m, w = body.width_m, t = body.thickness_m;
    const double area = 2 * (l * w + w * t + l * t);
    const double matter = volume > 0 ? volume : body.mass_kg / m.density_kgpm3;
    body.wall_m = std::clamp(matter / area, 0.0003, 0.25 * t);

    const RingClass* known = known_form(source.kind);
    const bool soft = m.ring < 0.12;
    const bool skin_over_air = any_of(m.name, {"rubber", "leather", "plastic", "felt"});
    if (known && *known == RingClass::AirBall && skin_over_air) {
        body.form = RingClass::AirBall;
    } else if (known && *known == RingClass::Sheet) {
        body.form = RingClass::Sheet;
    } else if (soft) {
        body.form = RingClass::Soft;
    } else if (ball || (known && *known == RingClass::AirBall)) {
        body.form = known && *known == RingClass::ShellBall ? RingClass::ShellBall
                    : hollow && skin_over_air               ? RingClass::AirBall
                    : hollow                                ? RingClass::ShellBall
                                                            : RingClass::SolidBall;
        body.radius_m = body.length_m / 2;
    } else if (known) {
        body.form = *known;
    } else if (source.shape && source.shape->parts.size() > 1 &&
               source.shape->collision.size() > 3 && !hollow) {
        body.form = RingClass::Figurine;
    } else {
        body.form = form_by_proportions(body, hollow);
    }
    switch (body.form) {
        case RingClass::Bell:
        case RingClass::Disc:
        case RingClass::Ring: body.radius_m = body.width_m / 2; break;
        case RingClass::Vessel: body.radius_m = 0.45 * body.width_m; break;
        case RingClass::Tube:
            body.radius_m = std::min(body.thickness_m / 2, 0.03 + 0.01 * body.length_m);
            body.wall_m = std::min(body.wall_m, 0.15 * body.radius_m);
            break;
        default: break;
    }
    body.contact_loss = contact_loss(body.form);
    return body;
}

}  // namespace sound
