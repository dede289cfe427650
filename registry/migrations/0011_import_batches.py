import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Imports as batches, and which act belongs to which.

    The column of the acts allows null and is not unique, so that SQLite only adds it: making the table anew would
    lose the triggers that keep it append-only.
    """

    dependencies = [
        ('registry', "0010_sign_in_tries"),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='phiên bản')),
                ('updated_at', models.DateTimeField(editable=False, verbose_name='cập nhật lúc')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='mã')),
                ('table', models.CharField(choices=[('projects', 'dự án'), ('certificates', 'giấy chứng nhận đăng ký đầu tư'), ('capital-entries', 'bút toán vốn'), ('investors', 'nhà đầu tư'), ('zones', 'khu công nghiệp'), ('zone-observations', 'số liệu quan sát khu công nghiệp')], max_length=20, verbose_name='bảng')),
                ('file_name', models.CharField(max_length=200, verbose_name='tên tệp')),
                ('sha256', models.CharField(max_length=64, verbose_name='mã băm SHA-256')),
                ('state', models.CharField(choices=[('in_review', 'chờ duyệt'), ('published', 'đã công bố'), ('undone', 'đã hoàn tác')], default='in_review', max_length=10, verbose_name='tình trạng')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='số dòng nhập mới')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='số dòng thay đổi')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='số dòng không đổi')),
            ],
            options={
                'verbose_name': 'lô nhập dữ liệu',
                'verbose_name_plural': 'lô nhập dữ liệu',
                'constraints': [models.CheckConstraint(condition=models.Q(('table__in', ['projects', 'certificates', 'capital-entries', 'investors', 'zones', 'zone-observations'])), name='batch_table_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.'), models.CheckConstraint(condition=models.Q(('state__in', ['in_review', 'published', 'undone'])), name='batch_state_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.'), models.UniqueConstraint(condition=models.Q(('state__in', ('in_review', 'published'))), fields=('table', 'sha256'), name='batch_file_once', violation_error_message='Tệp này đã được nhập; hãy hoàn tác lô cũ trước khi nhập lại.')],
            },
        ),
        migrations.AddField(
            model_name='act',
            name='batch',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='registry.importbatch', verbose_name='lô nhập dữ liệu'),
        ),
        migrations.CreateModel(
            name='RowProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(choices=[('projects', 'dự án'), ('certificates', 'giấy chứng nhận đăng ký đầu tư'), ('capital-entries', 'bút toán vốn'), ('investors', 'nhà đầu tư'), ('zones', 'khu công nghiệp'), ('zone-observations', 'số liệu quan sát khu công nghiệp')], max_length=20, verbose_name='bảng')),
                ('file_name', models.CharField(max_length=200, verbose_name='tên tệp')),
                ('sha256', models.CharField(max_length=64, verbose_name='mã băm SHA-256')),
                ('by_name', models.CharField(max_length=150, verbose_name='tên người thực hiện')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('sheet', models.CharField(blank=True, default='', max_length=200, verbose_name='trang tính')),
                ('cell', models.CharField(blank=True, default='', max_length=12, verbose_name='ô')),
                ('code', models.CharField(max_length=60, verbose_name='mã lỗi')),
                ('message', models.TextField(verbose_name='lỗi và cách sửa')),
            ],
            options={
                'verbose_name': 'lỗi của tệp nhập',
                'verbose_name_plural': 'lỗi của tệp nhập',
                'indexes': [models.Index(fields=['table', 'file_name'], name='row_problem_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('table__in', ['projects', 'certificates', 'capital-entries', 'investors', 'zones', 'zone-observations'])), name='row_problem_table_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='dòng')),
                ('fate', models.CharField(choices=[('new', 'nhập mới'), ('changed', 'có thay đổi'), ('unchanged', 'không đổi'), ('conflict', 'cần chọn'), ('error', 'lỗi')], max_length=10, verbose_name='kết quả')),
                ('kind', models.CharField(max_length=20, verbose_name='loại bản ghi')),
                ('code', models.CharField(blank=True, default='', max_length=70, verbose_name='mã')),
                ('name', models.CharField(blank=True, default='', max_length=500, verbose_name='tên')),
                ('version', models.PositiveIntegerField(null=True, verbose_name='phiên bản')),
                ('before', models.JSONField(default=dict, verbose_name='trước')),
                ('after', models.JSONField(default=dict, verbose_name='sau')),
                ('proposed', models.JSONField(default=list, verbose_name='bản ghi chờ công bố')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='registry.importbatch', verbose_name='lô nhập dữ liệu')),
            ],
            options={
                'verbose_name': 'dòng của lô nhập',
                'verbose_name_plural': 'dòng của lô nhập',
                'constraints': [models.CheckConstraint(condition=models.Q(('fate__in', ['new', 'changed', 'unchanged', 'conflict', 'error'])), name='import_row_fate_known', violation_error_message='Giá trị không có trong danh mục; chọn một giá trị của danh mục.'), models.UniqueConstraint(fields=('batch', 'number'), name='import_row_once')],
            },
        ),
    ]
