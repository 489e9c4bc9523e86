#include "neural/goldens/case.h"

#include <limits>

#include "neural/weights/generated.h"
#include "neural/weights/safetensors.h"

namespace neural::goldens {

using base::Json;
using tensor::DType;
using tensor::Tensor;

base::Result<Tensor> Case::get(const std::string& name) const {
    const auto found = tensors.find(name);
    if (found == tensors.end()) return base::failed("the case has no " + name, id);
    return found->second;
}

base::Result<Tensor> Case::get_i32(const std::string& name) const {
    const Tensor wide = TRY(get(name));
    Tensor t(wide.shape(), DType::I32);
    auto* out = reinterpret_cast<int32_t*>(t.raw());
    for (int64_t i = 0; i < t.elements(); ++i) {
        if (wide.dtype() == DType::I64) {
            const int64_t value = reinterpret_cast<const int64_t*>(wide.raw())[i];
            if (value < std::numeric_limits<int32_t>::min() ||
                value > std::numeric_limits<int32_t>::max()) {
                return base::failed(name + " has a value beyond 32 bits", id);
            }
            out[i] = static_cast<int32_t>(value);
        } else {
            out[i] = static_cast<int32_t>(wide.to_vector()[static_cast<size_t>(i)]);
        }
    }
    return t;
}

base::Result<Case> read_case(const std::string& path) {
    const auto file = TRY(open_safetensors(path));
    const std::string text = file->metadata("golden");
    if (text.empty()) return base::failed("has no golden in its metadata", path);
    const Json golden = TRY(base::parse_json(text, path));
    Case c;
    c.id = TRY(string(golden, "id", ""));
    c.family = TRY(string(golden, "family", ""));
    c.version = TRY(string(golden, "version", ""));
    c.component = TRY(string(golden, "component", ""));
    c.seed = static_cast<uint64_t>(TRY(integer(golden, "seed", 0)));
    for (const auto& [key, target] :
         {std::pair{"config", &c.config}, {"run", &c.run}, {"stats", &c.stats}}) {
        if (golden.contains(key) && golden[key].is_object()) *target = golden[key];
    }
    std::map<std::string, Tensor> stored;
    const std::string mark = "param.stored.";
    for (const std::string& name : file->names()) {
        // Copied out of the mapping: its rows need not be aligned.
        const Tensor t = TRY(file->load(name, {})).clone();
        c.tensors[name] = t;
        if (name.starts_with(mark)) stored[name.substr(mark.size())] = t;
    }
    // The list of parameters says which of them is which stored tensor ("stored:k12").
    std::map<std::string, Tensor> by_name;
    if (golden.contains("params") && golden["params"].is_array()) {
        for (const Json& p : golden["params"]) {
            if (!p.is_array() || p.size() != 3 || !p[0].is_string() || !p[2].is_string()) continue;
            const std::string kind = p[2].get<std::string>();
            if (!kind.starts_with("stored:")) continue;
            const auto found = stored.find(kind.substr(7));
            if (found == stored.end())
                return base::failed("lacks the stored parameter " + kind.substr(7), path);
            tensor::Shape shape;
            if (!p[1].is_array() || p[1].size() > tensor::Shape::kMaxRank)
                return base::failed("has a parameter without a shape", path);
            for (const Json& d : p[1]) {
                if (!d.is_number_integer() || d.get<int64_t>() < 0)
                    return base::failed("has a parameter with an impossible axis", path);
                shape.append(d.get<int64_t>());
            }
            if (shape.elements() != found->second.elements())
                return base::failed("stores " + kind.substr(7) + " in another size", path);
            by_name[p[0].get<std::string>()] = found->second.reshape(shape);
        }
    }
    c.parameters = std::make_shared<GeneratedWeights>(c.seed, std::move(by_name));
    return c;
}

namespace {
base::Error wrong(const std::string& key, const char* what) {
    return base::failed(key + " is no " + what);
}
bool absent(const Json& object, const std::string& key) {
    return !object.contains(key) || object[key].is_null();
}
}  // namespace

base::Result<int64_t> integer(const Json& object, const std::string& key, int64_t missing) {
    if (absent(object, key)) return missing;
    if (object[key].is_number_integer()) return object[key].get<int64_t>();
    if (object[key].is_number_float() &&
        object[key].get<double>() ==
            static_cast<double>(static_cast<int64_t>(object[key].get<double>()))) {
        return static_cast<int64_t>(object[key].get<double>());
    }
    return wrong(key, "integer");
}

base::Result<double> number(const Json& object, const std::string& key, double missing) {
    if (absent(object, key)) return missing;
    if (!object[key].is_number()) return wrong(key, "number");
    return object[key].get<double>();
}

base::Result<bool> boolean(const Json& object, const std::string& key, bool missing) {
    if (absent(object, key)) return missing;
    if (!object[key].is_boolean()) return wrong(key, "true or false");
    return object[key].get<bool>();
}

base::Result<std::string> string(const Json& object, const std::string& key,
                                 const std::string& missing) {
    if (absent(object, key)) return missing;
    if (!object[key].is_string()) return wrong(key, "string");
    return object[key].get<std::string>();
}

base::Result<std::vector<int64_t>> integers(const Json& object, const std::string& key,
                                            const std::vector<int64_t>& missing) {
    if (absent(object, key)) return missing;
    if (!object[key].is_array()) return wrong(key, "list of integers");
    std::vector<int64_t> values;
    for (const Json& v : object[key]) {
        if (!v.is_number_integer()) return wrong(key, "list of integers");
        values.push_back(v.get<int64_t>());
    }
    return values;
}

}  // namespace neural::goldens
