from .pages import CourseIndexPage, CoursePage, LessonPage, ModulePage
from .quizzes import Choice, Question, Quiz, QuizAnswer, QuizAttempt
from .records import Cohort, Completion, Enrolment, Learner

__all__ = [
    "Choice",
    "Cohort",
    "Completion",
    "CourseIndexPage",
    "CoursePage",
    "Enrolment",
    "Learner",
    "LessonPage",
    "ModulePage",
    "Question",
    "Quiz",
    "QuizAnswer",
    "QuizAttempt",
]
