"""The public's pages, in Vietnamese at these addresses and in English under ``/en/``."""

from django.urls import path

from . import home, project

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", project.search, name="search"),
    path("projects/", project.project_list, name="projects"),
    path("projects/<str:code>/", project.project_page, name="project"),
]
