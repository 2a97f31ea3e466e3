package dev.kuar.lesson;

import dev.kuar.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads courses and lessons from a {@link LessonSource}.
 *
 * <p>What can't be read is a {@link UserException} with file, line, column and caret. Whether lessons are well made is the
 * {@link Linter}'s question.
 */
public final class CourseLoader {
    private final LessonSource source;

    public CourseLoader(LessonSource source) {
        this.source = source;
    }

    /** All lessons of the course, with their texts. */
    public Course load() {
        LocatedYaml root = LocatedYaml.parse(source.place("course.yaml"), source.text("course.yaml"));
        Map<String, LocatedYaml> fields = root.fields(Set.of("formatVersion", "title", "license", "begin", "lessons"));
        StepReader.requireVersion(root, fields);
        List<Lesson> lessons = new ArrayList<>();
        for (LocatedYaml slug : StepReader.need(root, fields, "lessons").items()) {
            String folder = slug.text();
            if (source.find(folder + "/lesson.yaml").isEmpty()) {
                throw slug.failure("there is no lesson " + folder + " (" + source.place(folder + "/lesson.yaml") + ")");
            }
            lessons.add(lesson(folder));
        }
        LocatedYaml license = fields.get("license");
        LocatedYaml begin = fields.get("begin");
        if (begin != null && lessons.stream().noneMatch(l -> l.slug().equals(begin.text()))) {
            throw begin.failure("there is no lesson " + begin.text() + " in the course");
        }
        return new Course(
                StepReader.texts(StepReader.need(root, fields, "title")),
                license == null ? "" : license.text(),
                begin == null ? "" : begin.text(),
                lessons);
    }

    /** One lesson by its folder. */
    public Lesson lesson(String slug) {
        String file = slug + "/lesson.yaml";
        LocatedYaml root = LocatedYaml.parse(source.place(file), source.text(file));
        return new LessonReader(root).read(slug, texts(slug), source);
    }

    private Map<String, LessonText> texts(String slug) {
        Map<String, LessonText> texts = new LinkedHashMap<>();
        for (String language : Course.LANGUAGES) {
            String file = slug + "/" + language + ".md";
            source.find(file).ifPresent(text -> texts.put(language, TextParser.parse(source.place(file), text)));
        }
        return texts;
    }
}
